import { Agent, type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';

export interface Sent {
  readonly headers: IncomingMessage['headers'];
}

export const agentFor = (concurrency: number): Agent => new Agent({ keepAlive: true, maxSockets: concurrency });

const chunk = Buffer.alloc(1024 * 1024, 'a document that somebody uploads; ');

/** So many bytes, always the same, without ever having them all. */
export function* bytes(sizeBytes: number): Generator<Buffer> {
  for (let left = sizeBytes; left > 0; left -= chunk.length) yield chunk.subarray(0, Math.min(left, chunk.length));
}

/** Sends one request and reads its answer to the end. Rejects unless the status is 200. */
export const send = async (
  method: 'GET' | 'PUT',
  url: string,
  agent: Agent,
  headers: Readonly<Record<string, string | number>> = {},
  body?: Buffer | Iterable<Buffer>,
): Promise<Sent> => {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const outgoing = request(url, { method, agent, headers }, resolve).once('error', reject);
  if (body === undefined || Buffer.isBuffer(body)) outgoing.end(body);
  else Readable.from(body).pipe(outgoing);
  const answer = await promise;
  let text = '';
  if (answer.statusCode === 200) answer.resume();
  else for await (const part of answer) text += part;
  if (answer.statusCode !== 200) throw new Error(`${method} was answered with ${answer.statusCode}: ${text}`);
  if (!answer.readableEnded) await finished(answer);
  return { headers: answer.headers };
};

/** All of them, so many at a time, each begun when one before it is done. */
export const inParallel = async <Item>(
  items: Iterable<Item>,
  concurrency: number,
  work: (item: Item) => Promise<unknown>,
): Promise<void> => {
  const queue = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = queue.next(); !next.done; next = queue.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
};
