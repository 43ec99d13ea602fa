import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Document } from '../../../contract/schemas/document.ts';
import type { History } from '../../../contract/schemas/history.ts';
import type { Settings } from '../../../contract/schemas/settings.ts';

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface Stored {
  document: Document;
  bytes?: Uint8Array;
  history?: History;
}

export interface FakeState {
  url: string;
  /** Whether the API takes a bearer token; `good-token` and no other unless told otherwise. */
  takesToken: (token: string) => boolean;
  readonly documents: Map<string, Stored>;
  /** The document that was declared under each idempotency key. */
  readonly keys: Map<string, string>;
  /** How long the signed PUTs to come are good for, by the real clock; the fake timing may be far behind it. */
  uploadExpiresInMilliseconds: number;
  /** What is accepted, and must be said of each file. */
  settings: Settings;
  /** What a stored document becomes when it is looked at, one state after the other; the last stays. */
  states: Document['state'][];
}

export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json', ...headers },
  body: JSON.stringify(value),
});

export const problem = (kind: string, status: number, detail: string, more: object = {}): Answer =>
  json(status, {
    type: `https://sealdrop.example/problems/${kind}`,
    title: kind,
    status,
    detail,
    requestId: 'request-1',
    ...more,
  });

export const s3Error = (status: number, code: string, message: string): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
});

const tagOf = ({ revision }: Document): string => `"r${revision}"`;

const shown = (document: Document): Answer => json(200, document, { etag: tagOf(document) });

/** A document in another state is another revision of it. */
const changed = (stored: Stored, part: Partial<Document>): Document => {
  if (part.state !== stored.document.state) {
    stored.document = { ...stored.document, ...part, revision: stored.document.revision + 1 };
  }
  return stored.document;
};

export function answerTo(state: FakeState, request: IncomingMessage, body: Buffer): Answer {
  const { pathname, searchParams } = new URL(request.url ?? '/', state.url);
  const id = /^\/(?:v1\/documents|s3)\/([^/]+)/.exec(pathname)?.[1];
  const stored = id === undefined ? undefined : state.documents.get(id);
  if (pathname.startsWith('/s3/')) return answerAsStorage(request, stored, body);
  if (!state.takesToken(request.headers.authorization?.replace('Bearer ', '') ?? '')) {
    return problem('unauthenticated', 401, 'The access token has expired. Sign in again.');
  }
  if (request.method === 'POST' && pathname === '/v1/documents') return declareOnce(state, request, body);
  if (['/v1/documents', '/v1/me/documents'].includes(pathname)) return list(state, Number(searchParams.get('cursor')));
  if (pathname === '/v1/settings') return json(200, state.settings);
  if (stored === undefined) return problem('document-not-found', 404, 'There is no such document.');
  if (pathname.endsWith('/download')) return issueDownload(state, stored.document);
  if (pathname.endsWith('/history')) return json(200, stored.history ?? { entries: [] });
  if (pathname.endsWith('/restore')) return restore(stored);
  if (request.method === 'DELETE') return remove(stored);
  if (stored.bytes !== undefined) changed(stored, { state: nextState(state) });
  const { document } = stored;
  return request.headers['if-none-match'] === tagOf(document)
    ? { status: 304, headers: { etag: tagOf(document) } }
    : shown(document);
}

function issueDownload({ url }: FakeState, { id, state }: Document): Answer {
  return state === 'available'
    ? json(200, { url: `${url}/s3/${id}`, expiresAt: new Date().toISOString() })
    : problem('document-not-available', 409, 'The document is not available.', { state });
}

function remove(stored: Stored): Answer {
  const { state } = stored.document;
  if (!['available', 'rejected', 'deleted'].includes(state)) {
    return problem('state-conflict', 409, 'It is being checked.', { state });
  }
  const purgeAfter = new Date(Date.now() + 90 * 86_400_000).toISOString();
  delete stored.bytes;
  return shown(changed(stored, { state: 'deleted', purgeAfter }));
}

function restore(stored: Stored): Answer {
  const { purgeAfter, ...document } = stored.document;
  if (document.state !== 'deleted' || document.rejection !== undefined) {
    return problem('state-conflict', 409, 'It cannot be restored.', { state: document.state });
  }
  stored.document = { ...document, state: 'available', revision: document.revision + 1 };
  return shown(stored.document);
}

/** Pages of 25, newest first; a cursor is how many came before. */
function list(state: FakeState, start: number): Answer {
  const newestFirst = [...state.documents.values()].map(({ document }) => document).reverse();
  const end = start + 25;
  const page = { documents: newestFirst.slice(start, end) };
  return json(200, end < newestFirst.length ? { ...page, nextCursor: String(end) } : page);
}

function nextState(state: FakeState): Document['state'] {
  const [next = 'available', ...later] = state.states;
  if (later.length > 0) state.states = later;
  return next;
}

/** Without a key each declaration is a new one; with a key that came before, nothing is to be sent but in time. */
function declareOnce(state: FakeState, request: IncomingMessage, body: Buffer): Answer {
  const key = request.headers['idempotency-key'];
  const earlier = state.documents.get(state.keys.get(String(key)) ?? '');
  if (earlier === undefined) {
    const id = declaredId(state);
    if (key !== undefined) state.keys.set(String(key), id);
    return declare(state, id, body);
  }
  const { document } = earlier;
  const isInTime = document.state === 'pending' && Date.parse(document.uploadExpiresAt) > Date.now();
  const upload = isInTime ? uploadOf(state, document) : { kind: 'none' };
  return json(201, { document, upload }, { etag: tagOf(document) });
}

const declaredId = (state: FakeState): string =>
  `01890000-0000-7000-8000-${String(state.documents.size + 1).padStart(12, '0')}`;

const uploadOf = ({ url }: FakeState, { id, mediaType, uploadExpiresAt }: Document) => ({
  kind: 'single-put',
  method: 'PUT',
  url: `${url}/s3/${id}`,
  headers: { 'content-type': mediaType, 'if-none-match': '*' },
  expiresAt: uploadExpiresAt,
});

function declare(state: FakeState, id: string, body: Buffer): Answer {
  const now = new Date().toISOString();
  const expiresAt = new Date(Date.now() + state.uploadExpiresInMilliseconds).toISOString();
  const declared = JSON.parse(body.toString('utf8'));
  const times = { createdAt: now, updatedAt: now, uploadExpiresAt: expiresAt };
  const document: Document = { id, revision: 1, state: 'pending', ...times, ...declared };
  state.documents.set(id, { document });
  const key = `documents/tenant/00/${id}`;
  const storage = { 'x-s3-key': key, 'x-s3-url': `https://bucket.example/${key}`, 'x-s3-upload-success': 'false' };
  return json(201, { document, upload: uploadOf(state, document) }, { etag: tagOf(document), ...storage });
}

function answerAsStorage(request: IncomingMessage, stored: Stored | undefined, body: Buffer): Answer {
  if (stored === undefined) return s3Error(403, 'AccessDenied', 'Access Denied');
  if (request.method === 'GET') {
    const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(stored.document.fileName)}`;
    return { status: 200, headers: { 'content-disposition': disposition }, body: stored.bytes ?? '' };
  }
  if (stored.bytes !== undefined) return s3Error(412, 'PreconditionFailed', 'At least one precondition failed');
  const sha256 = createHash('sha256').update(body).digest('hex');
  if (sha256 !== stored.document.sha256) return s3Error(400, 'BadDigest', 'The SHA256 you specified did not match.');
  stored.bytes = body;
  return { status: 200, headers: { etag: '"1"' } };
}
