import { type ObjectState, objectStateTagKey, retentionTagKey } from '../../../contract/states.ts';

interface Described {
  readonly mediaType: string;
  readonly state: ObjectState;
  readonly retentionClass?: string | undefined;
}

/** The tags of what is uploaded. Neither states nor names of classes have anything to escape, in a query or in XML. */
const tagsOf = ({ state, retentionClass }: Described): readonly (readonly [key: string, value: string])[] => [
  [objectStateTagKey, state],
  ...(retentionClass === undefined ? [] : [[retentionTagKey, retentionClass] as const]),
];

/** What of an upload is signed as a header. */
export const uploadHeaders = {
  described: (upload: Described): Record<string, string> => ({
    'content-type': upload.mediaType,
    'x-amz-tagging': tagsOf(upload)
      .map(([key, value]) => `${key}=${value}`)
      .join('&'),
  }),
  /** S3 enforces no checksum that stands in the query. */
  sha256: (hex: string): Record<string, string> => ({
    'x-amz-checksum-sha256': Buffer.from(hex, 'hex').toString('base64'),
  }),
  whole: (upload: Described & { readonly sha256: string }): Record<string, string> => ({
    ...uploadHeaders.described(upload),
    'if-none-match': '*',
    ...uploadHeaders.sha256(upload.sha256),
  }),
} as const;

/** The same in the words of forms: S3 API reference, "POST Object". */
export const uploadFields = (
  upload: Described & {
    readonly sha256?: string | undefined;
    readonly fileMetadata?: Readonly<Record<string, string>> | undefined;
  },
): Record<string, string> => ({
  'content-type': upload.mediaType,
  tagging: `<Tagging><TagSet>${tagsOf(upload)
    .map(([key, value]) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`)
    .join('')}</TagSet></Tagging>`,
  ...(upload.sha256 !== undefined && uploadHeaders.sha256(upload.sha256)),
  ...Object.fromEntries(
    Object.entries(upload.fileMetadata ?? {}).map(([name, value]) => [`x-amz-meta-${name}`, value]),
  ),
});
