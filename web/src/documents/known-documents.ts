import type { Document } from '../../../contract/schemas/document.ts';
import type { DocumentList } from '../../../contract/schemas/list.ts';

/** The documents seen so far, newest first, and where the next older page begins. */
export interface KnownDocuments {
  readonly documents: readonly Document[];
  readonly nextCursor?: string | undefined;
}

/** Ids are UUIDv7: they sort by the time they were made. */
const newestFirst = (one: Document, other: Document): number => (one.id < other.id ? 1 : -1);

/** Adds what was seen later; of two looks at one document the later revision counts, in whatever order they came. */
export function withSeen(known: readonly Document[], seen: readonly Document[]): readonly Document[] {
  const byId = new Map(known.map((document) => [document.id, document]));
  for (const document of seen) {
    const before = byId.get(document.id);
    if (before === undefined || before.revision <= document.revision) byId.set(document.id, document);
  }
  return [...byId.values()].sort(newestFirst);
}

/** The next older page. */
export const withOlderPage = (known: KnownDocuments, page: DocumentList): KnownDocuments => ({
  documents: withSeen(known.documents, page.documents),
  nextCursor: page.nextCursor,
});

/** A new look at the first page: the cursor stays where the person has got to. */
export const withFirstPage = (known: KnownDocuments | undefined, page: DocumentList): KnownDocuments =>
  known === undefined
    ? { documents: page.documents, nextCursor: page.nextCursor }
    : { ...known, documents: withSeen(known.documents, page.documents) };
