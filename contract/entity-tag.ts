import type { Document } from './schemas/document.ts';

/**
 * Counts the ways in which documents have been shown: fields, their order, and the sentences in them. Whoever changes
 * how a document of the same revision looks raises it, for a strong tag may stand for one sequence of bytes only (RFC
 * 9110 section 8.8.1); test/contract/entity-tag.test.ts notices who forgets.
 */
export const documentViewVersion = 2;

/** The strong entity tag of a document as it is shown. Opaque: nobody but this function may read anything in it. */
export const entityTagOf = ({ revision, metadataRevision }: Pick<Document, 'revision' | 'metadataRevision'>): string =>
  `"${documentViewVersion}.r${revision}.m${metadataRevision}"`;
