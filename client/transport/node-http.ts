import type { ClientRequest, IncomingMessage } from 'node:http';
import { NetworkError } from '../errors.ts';
import type { PutAnswer, Transport } from './transport.ts';

/** S3's error documents are below 2 kB; whatever is longer is not one. */
const answerSizeBytesMax = 16 * 1024;

/** Above this the body waits for `100 Continue`, so that a refused file is not sent in vain (RFC 9110 section 10.1.1). */
const expectContinueSizeBytes = 1024 * 1024;
/** For proxies that never say it. */
const continueTimeoutMilliseconds = 1000;

export const nodeTransport: Transport = async ({ url, headers, body, signal, onSent }) => {
  signal.throwIfAborted();
  const { request: open } = process.getBuiltinModule(url.startsWith('https:') ? 'node:https' : 'node:http');
  const asksFirst = body.size > expectContinueSizeBytes;
  const request = open(url, {
    method: 'PUT',
    headers: { ...headers, 'content-length': body.size, ...(asksFirst ? { expect: '100-continue' } : {}) },
    signal,
  });
  const answered = new Promise<PutAnswer>((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (response) => readAnswer(response).then(resolve, reject));
  });
  try {
    const refused = asksFirst && (await Promise.race([answered, goAhead(request)])) !== undefined;
    // A refusal may still come in mid-body and break the sending, so what counts is the answer; every failure of the
    // sending destroys the request, and that rejects `answered`.
    if (!refused) await Promise.allSettled([answered, send(body, request, onSent)]);
    return await answered;
  } catch (cause) {
    signal.throwIfAborted();
    throw new NetworkError('The connection to the storage was lost. Check the network connection and try again.', {
      cause,
    });
  } finally {
    request.destroy();
  }
};

const goAhead = (request: ClientRequest): Promise<undefined> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, continueTimeoutMilliseconds, undefined);
    request.once('continue', () => resolve(undefined));
    request.once('close', () => clearTimeout(timer));
  });

async function send(body: Blob, request: ClientRequest, onSent: (bytesDone: number) => void): Promise<void> {
  const { Transform } = process.getBuiltinModule('node:stream');
  const { pipeline } = process.getBuiltinModule('node:stream/promises');
  let sentBytes = 0;
  const counter = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      sentBytes += chunk.byteLength;
      onSent(sentBytes);
      done(null, chunk);
    },
  });
  await pipeline(body.stream(), counter, request);
}

async function readAnswer(response: IncomingMessage): Promise<PutAnswer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of response) {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes > answerSizeBytesMax) break;
  }
  return {
    status: response.statusCode ?? 0,
    retryAfter: response.headers['retry-after'],
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
