import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Document } from '../../../contract/schemas/document.ts';

/** What the server does to the next matching request instead of serving it well. */
export type Fault =
  | { readonly on: RegExp; readonly answer: Answer }
  /** Cuts the connection: before anything happened, or after the request was carried out. */
  | { readonly on: RegExp; readonly cut: 'before' | 'after' }
  /** Never answers. `reached` resolves once the request is there. */
  | { readonly on: RegExp; readonly hang: () => void };

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

interface Stored {
  document: Document;
  bytes?: Uint8Array;
}

export interface FakeCloud extends AsyncDisposable {
  readonly url: string;
  /** Whether the API takes a bearer token; `good-token` and no other unless told otherwise. */
  takesToken: (token: string) => boolean;
  /** `METHOD /path` of every request in order. */
  readonly requests: string[];
  readonly faults: Fault[];
  readonly documents: Map<string, Stored>;
  /** How long the signed PUTs to come are good for, by the real clock; the fake timing may be far behind it. */
  uploadExpiresInMilliseconds: number;
  /** What a stored document becomes when it is looked at, one state after the other; the last stays. */
  states: Document['state'][];
  /** Answers the next PUT on its headers alone and closes, as S3 does where the signature is no good. */
  refuseBeforeBody?: Answer;
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

/** Serves what is neither the API nor the storage. */
export type OtherHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | undefined;

/** The API and the storage in one process and in memory: honest unless `faults` say otherwise. */
export async function startFakeCloud(serveOther?: OtherHandler): Promise<FakeCloud> {
  const cloud: State = {
    requests: [],
    faults: [],
    documents: new Map(),
    uploadExpiresInMilliseconds: 300_000,
    states: ['pending', 'available'],
    takesToken: (token) => token === 'good-token',
    url: '',
  };
  const server = createServer((request, response) => {
    const isOurs = /^\/(v1|s3)\//.test(request.url ?? '') || serveOther === undefined;
    void (isOurs ? serve(cloud, request, response) : serveOther(request, response));
  });
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    const refusal = cloud.refuseBeforeBody;
    if (refusal !== undefined) return void response.writeHead(refusal.status, refusal.headers).end(refusal.body);
    response.writeContinue();
    void serve(cloud, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cloud.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(cloud, { [Symbol.asyncDispose]: () => close(server) });
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

type State = Omit<FakeCloud, typeof Symbol.asyncDispose | 'url'> & { url: string };

async function serve(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const name = `${request.method} ${request.url}`;
  state.requests.push(name);
  const index = state.faults.findIndex((fault) => fault.on.test(name));
  const fault = index === -1 ? undefined : state.faults.splice(index, 1)[0];
  if (fault !== undefined && 'hang' in fault) return fault.hang();
  if (fault !== undefined && 'cut' in fault && fault.cut === 'before') return void request.socket.destroy();
  const body = await readBody(request);
  const answer = fault !== undefined && 'answer' in fault ? fault.answer : answerTo(state, request, body);
  if (fault !== undefined && 'cut' in fault) return void request.socket.destroy();
  response.writeHead(answer.status, answer.headers).end(answer.body);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk);
  } catch {
    // The client went away; what it sent is not a whole body, and no answer can reach it.
  }
  return Buffer.concat(chunks);
}

function answerTo(state: State, request: IncomingMessage, body: Buffer): Answer {
  const { pathname, searchParams } = new URL(request.url ?? '/', state.url);
  const id = /^\/(?:v1\/documents|s3)\/([^/]+)/.exec(pathname)?.[1];
  const stored = id === undefined ? undefined : state.documents.get(id);
  if (pathname.startsWith('/s3/')) return answerAsStorage(request, stored, body);
  if (!state.takesToken(request.headers.authorization?.replace('Bearer ', '') ?? '')) {
    return problem('unauthenticated', 401, 'The access token has expired. Sign in again.');
  }
  if (request.method === 'POST' && pathname === '/v1/documents') return declare(state, body);
  if (pathname === '/v1/documents') return list(state, Number(searchParams.get('cursor')));
  if (stored === undefined) return problem('document-not-found', 404, 'There is no such document.');
  if (pathname.endsWith('/download')) {
    if (stored.document.state === 'available') {
      return json(200, { url: `${state.url}/s3/${id}`, expiresAt: new Date().toISOString() });
    }
    return problem('document-not-available', 409, 'The document is not available.', { state: stored.document.state });
  }
  if (stored.bytes !== undefined) stored.document = { ...stored.document, state: nextState(state) };
  return json(200, stored.document);
}

/** Pages of 25, newest first; a cursor is how many came before. */
function list(state: State, start: number): Answer {
  const newestFirst = [...state.documents.values()].map(({ document }) => document).reverse();
  const end = start + 25;
  const page = { documents: newestFirst.slice(start, end) };
  return json(200, end < newestFirst.length ? { ...page, nextCursor: String(end) } : page);
}

function nextState(state: State): Document['state'] {
  const [next = 'available', ...later] = state.states;
  if (later.length > 0) state.states = later;
  return next;
}

function declare(state: State, body: Buffer): Answer {
  const id = `01890000-0000-7000-8000-${String(state.documents.size + 1).padStart(12, '0')}`;
  const now = new Date().toISOString();
  const expiresAt = new Date(Date.now() + state.uploadExpiresInMilliseconds).toISOString();
  const declared = JSON.parse(body.toString('utf8'));
  const document = { id, state: 'pending', createdAt: now, updatedAt: now, uploadExpiresAt: expiresAt, ...declared };
  state.documents.set(id, { document });
  const headers = { 'content-type': declared.mediaType, 'if-none-match': '*' };
  const upload = { kind: 'single-put', method: 'PUT', url: `${state.url}/s3/${id}`, headers, expiresAt };
  return json(201, { document, upload });
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
