import { NetworkError } from '../../../../client/errors.ts';
import { createPools } from '../../../../client/transport/pools.ts';
import type { PutAnswer, PutRequest, Transport } from '../../../../client/transport/transport.ts';

export interface Sent {
  readonly onSent: PutRequest['onSent'];
  readonly signal: AbortSignal;
  /** `+` with credentials; in capital letters by the bucket's other name. */
  readonly pool: string;
  readonly answer: (status?: number) => void;
  readonly fail: (error: unknown) => void;
}

export const stored: PutAnswer = { status: 200, etag: undefined, retryAfter: undefined, body: '' };
export const lost = () => new NetworkError('The connection to the storage was lost.');
export const put: PutRequest = {
  url: 'https://bucket.example/1',
  headers: {},
  body: new Uint8Array(1),
  signal: new AbortController().signal,
  onSent: () => undefined,
};
export const form: PutRequest = { ...put, dualStackUrl: 'https://bucket.dualstack.example/1' };
const poolOf = ({ url, withCredentials }: PutRequest) =>
  `${url === put.url ? 'a' : url === form.dualStackUrl ? 'A' : url}${withCredentials ? '+' : ''}`;

/** What was sent, what waits for its time, and the time; each test begins with `reset`. */
export const state = {
  sent: [] as Sent[],
  waiting: [] as { readonly milliseconds: number; readonly callback: () => void }[],
  now: 0,
};
export const reset = (): void => void Object.assign(state, { sent: [], waiting: [], now: 0 });

const transport: Transport = (request) =>
  new Promise((resolve, reject) => {
    const { signal, onSent } = request;
    signal.addEventListener('abort', () => reject(signal.reason));
    const answer = (status = 200) => resolve({ ...stored, status });
    state.sent.push({ pool: poolOf(request), signal, onSent, answer, fail: reject });
  });
const timing = {
  now: () => state.now,
  random: () => 0,
  sleep: async () => undefined,
  after: (milliseconds: number, callback: () => void) => {
    const timer = { milliseconds, callback };
    state.waiting.push(timer);
    return () => void state.waiting.splice(state.waiting.indexOf(timer), 1);
  },
};
export const create = (options = {}) => createPools(transport, timing, options);
export const pools = () => state.sent.map(({ pool }) => pool).join(' ');
export const turn = () => new Promise((resolve) => setImmediate(resolve));

export const six = (pool: string) => Array.from({ length: 6 }, () => pool).join(' ');
export const fill = (send: Transport, request: PutRequest, count = 6) =>
  Array.from({ length: count }, () => send(request));
