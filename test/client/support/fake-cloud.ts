import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, answerTo, type FakeState } from './fake-answers.ts';
import { fakeSettings } from './fake-settings.ts';

export { type Answer, json, problem, s3Error } from './fake-answers.ts';

/** What the server does to the next matching request instead of serving it well. */
export type Fault =
  | { readonly on: RegExp; readonly answer: Answer }
  /** Cuts the connection: before anything happened, or after the request was carried out. */
  | { readonly on: RegExp; readonly cut: 'before' | 'after' }
  /** Never answers. `reached` resolves once the request is there. */
  | { readonly on: RegExp; readonly hang: () => void };

export interface FakeCloud extends FakeState, AsyncDisposable {
  /** `METHOD /path` of every request in order. */
  readonly requests: string[];
  /** The statuses of the answers, in order. */
  readonly statuses: number[];
  readonly faults: Fault[];
  /** Answers the next PUT on its headers alone and closes, as S3 does where the signature is no good. */
  refuseBeforeBody?: Answer;
}

/** Serves what is neither the API nor the storage. */
export type OtherHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | undefined;

/** The API and the storage in one process and in memory: honest unless `faults` say otherwise. */
export async function startFakeCloud(serveOther?: OtherHandler): Promise<FakeCloud> {
  const cloud: Cloud = {
    requests: [],
    statuses: [],
    faults: [],
    documents: new Map(),
    keys: new Map(),
    uploadExpiresInMilliseconds: 300_000,
    settings: fakeSettings,
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

type Cloud = Omit<FakeCloud, typeof Symbol.asyncDispose>;

async function serve(state: Cloud, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const name = `${request.method} ${request.url}`;
  state.requests.push(name);
  const index = state.faults.findIndex((fault) => fault.on.test(name));
  const fault = index === -1 ? undefined : state.faults.splice(index, 1)[0];
  if (fault !== undefined && 'hang' in fault) return fault.hang();
  if (fault !== undefined && 'cut' in fault && fault.cut === 'before') return void request.socket.destroy();
  const body = await readBody(request);
  const answer = fault !== undefined && 'answer' in fault ? fault.answer : answerTo(state, request, body);
  if (fault !== undefined && 'cut' in fault) return void request.socket.destroy();
  state.statuses.push(answer.status);
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
