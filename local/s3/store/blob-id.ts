import { randomUUID } from 'node:crypto';

/**
 * A new id, which nobody has. Ids of the same time lie side by side in the indexes of the database, so blobs that are
 * committed together change the same few pages.
 */
export const newBlobId = (): string => `${Date.now().toString(16).padStart(12, '0')}-${randomUUID()}`;
