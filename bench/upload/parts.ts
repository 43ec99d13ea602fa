/** What `npm run bench -- upload --only` takes, in the order in which they run. */
export const uploadParts = ['fast-link', 'limited-link', 'small-files', 'checksums', 'node', 'memory'] as const;

export type UploadPart = (typeof uploadParts)[number];
