import type { ClientRequest, IncomingMessage } from 'node:http';
import { FileError, NetworkError } from '../errors.ts';
import { unreadable } from '../source.ts';
import type { PutAnswer, PutRequest, Transport } from './transport.ts';

/** S3's error documents are below 2 kB; whatever is longer is not one. */
const answerSizeBytesMax = 16 * 1024;

/**
 * Above this a file waits for `100 Continue`, so that a refused one is not sent in vain (RFC 9110 section 10.1.1). Bytes in
 * memory do not: they are one part of many, and each would lose a round trip.
 */
const expectContinueSizeBytes = 1024 * 1024;
/** For proxies that never say it. */
const continueTimeoutMilliseconds = 1000;
/** Written at once: often enough to tell that a slow transfer moves, seldom enough to cost nothing. */
const pieceSizeBytes = 256 * 1024;

export const nodeTransport: Transport = async ({ method = 'PUT', url, headers, body, signal, onSent }) => {
  signal.throwIfAborted();
  const { request: open } = process.getBuiltinModule(url.startsWith('https:') ? 'node:https' : 'node:http');
  const sizeBytes = body instanceof Blob ? body.size : body.byteLength;
  const asksFirst = body instanceof Blob && sizeBytes > expectContinueSizeBytes;
  const request = open(url, {
    method,
    headers: { ...headers, 'content-length': sizeBytes, ...(asksFirst ? { expect: '100-continue' } : {}) },
    signal,
  });
  const answered = new Promise<PutAnswer>((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (response) => readAnswer(response).then(resolve, reject));
  });
  try {
    const refused = asksFirst && (await Promise.race([answered, goAhead(request)])) !== undefined;
    // A refusal may still come in mid-body and break the sending, so what counts is the answer; a sending that fails
    // destroys the request, and that rejects `answered`.
    if (!refused) send(body, request, onSent).catch((cause: Error) => request.destroy(cause));
    return await answered;
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof FileError) throw cause;
    throw new NetworkError('The connection to the storage was lost. Check the network connection and try again.', {
      cause,
    });
  } finally {
    // A connection in the middle of a request is of no more use; one that came to its end is kept for the next.
    if (!request.writableFinished) request.destroy();
  }
};

const goAhead = (request: ClientRequest): Promise<undefined> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, continueTimeoutMilliseconds, undefined);
    request.once('continue', () => resolve(undefined));
    request.once('close', () => clearTimeout(timer));
  });

async function send(
  body: PutRequest['body'],
  request: ClientRequest,
  onSent: (bytesDone: number) => void,
): Promise<void> {
  let sentBytes = 0;
  for await (const piece of body instanceof Blob ? readPieces(body) : cutPieces(body)) {
    await new Promise<void>((resolve, reject) => {
      request.write(piece, (error) => (error ? reject(error) : resolve()));
    });
    sentBytes += piece.byteLength;
    onSent(sentBytes);
  }
  request.end();
}

function* cutPieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += pieceSizeBytes) yield bytes.subarray(at, at + pieceSizeBytes);
}

async function* readPieces(blob: Blob): AsyncGenerator<Uint8Array> {
  try {
    yield* blob.stream();
  } catch (cause) {
    throw unreadable(cause);
  }
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
    etag: response.headers.etag,
    retryAfter: response.headers['retry-after'],
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
