const grammar = /^1:([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})$/;

/**
 * Where the next page of the own documents begins. It says nothing of whose list it is: a query only ever reads the
 * partition of the caller's own documents, so a forged or foreign cursor shows nothing that is not the caller's.
 */
export const encodeCursor = (documentId: string): string => Buffer.from(`1:${documentId}`).toString('base64url');

/** Undefined for what is no cursor of ours. */
export const decodeCursor = (cursor: string): string | undefined => {
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const [, documentId] = grammar.exec(text) ?? [];
  return documentId !== undefined && encodeCursor(documentId) === cursor ? documentId : undefined;
};
