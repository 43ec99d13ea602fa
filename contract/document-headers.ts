import type { Document } from './schemas/document.ts';

/**
 * What `HEAD /v1/documents/{documentId}` says of a document, by header; ETag and Last-Modified beside them. All of it is
 * ASCII: no name, no title. `availableAt` is there once the bytes were verified.
 */
export const documentHeaders = {
  state: 'X-Document-State',
  sizeBytes: 'X-Document-Size',
  mediaType: 'X-Document-Media-Type',
  sha256: 'X-Document-Sha256',
  createdAt: 'X-Document-Created-At',
  updatedAt: 'X-Document-Updated-At',
  availableAt: 'X-Document-Available-At',
} as const satisfies Partial<Record<keyof Document, string>>;

export type DocumentFacts = Pick<Document, keyof typeof documentHeaders>;
