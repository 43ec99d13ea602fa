import type { Caller } from './document.ts';

/**
 * One key that seals cursors, HMAC-SHA-256 (RFC 2104). `id` is 16 hexadecimal digits; `sign` gives 32 bytes; `verify`
 * takes the same time wherever two seals differ.
 */
export interface CursorKey {
  readonly id: string;
  sign(message: string): Uint8Array;
  verify(message: string, seal: Uint8Array): boolean;
}

/**
 * What a cursor is good for: the list it was given out by. The page's size is no part of it: a cursor says where a page
 * begins, so the next page may be smaller or larger.
 */
export interface CursorScope {
  readonly caller: Caller;
  /** `GET /v1/documents` */
  readonly route: string;
  /** Every parameter of the query besides page size and cursor. */
  readonly filters: Readonly<Record<string, unknown>>;
}

/** A cursor that has the right shape; whether it is ours is said by `isGenuine`. */
export interface ParsedCursor {
  readonly keyId: string;
  readonly documentId: string;
  readonly seal: Uint8Array;
}

const version = 1;
const keyIdEnd = 1 + 8;
const documentIdEnd = keyIdEnd + 16;
/** 57: base64url without padding, and without a bit to spare that could be changed unnoticed. */
const sizeBytes = documentIdEnd + 32;

/** What is sealed. As JSON, so that no two scopes read the same. */
const messageOf = (keyId: string, documentId: string, { caller, route, filters }: CursorScope): string =>
  JSON.stringify([
    'sealdrop-cursor',
    version,
    keyId,
    caller.tenantId,
    caller.subjectId,
    route,
    Object.entries(filters).toSorted(([one], [other]) => (one < other ? -1 : 1)),
    documentId,
  ]);

/** Where the next page begins, sealed: 76 characters of base64url, of which a client can read nothing that counts. */
export const sealCursor = (documentId: string, scope: CursorScope, key: CursorKey): string =>
  Buffer.concat([
    Buffer.of(version),
    Buffer.from(key.id, 'hex'),
    Buffer.from(documentId.replaceAll('-', ''), 'hex'),
    key.sign(messageOf(key.id, documentId, scope)),
  ]).toString('base64url');

/** Undefined for what has not the shape of a cursor. */
export const parseCursor = (cursor: string): ParsedCursor | undefined => {
  const bytes = Buffer.from(cursor, 'base64url');
  if (bytes.length !== sizeBytes || bytes[0] !== version || bytes.toString('base64url') !== cursor) return undefined;
  return {
    keyId: bytes.toString('hex', 1, keyIdEnd),
    documentId: bytes.toString('hex', keyIdEnd, documentIdEnd).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    seal: bytes.subarray(documentIdEnd),
  };
};

/** Whether a cursor was sealed with this key for this list. */
export const isGenuine = ({ keyId, documentId, seal }: ParsedCursor, scope: CursorScope, key: CursorKey): boolean =>
  key.id === keyId && key.verify(messageOf(keyId, documentId, scope), seal);
