import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

/** How often a slow body gets its next bytes. */
const stepMs = 50;

export interface BodyFault {
  readonly cutAfterBytes: number | undefined;
  readonly bytesPerSecond: number | undefined;
}

/** The pieces of a chunk that may pass, each after its time. */
async function* pace(chunk: Buffer, bytesPerSecond: number | undefined): AsyncGenerator<Buffer> {
  const pieceBytes = bytesPerSecond === undefined ? chunk.length : Math.ceil((bytesPerSecond * stepMs) / 1000);
  for (let at = 0; at < chunk.length; at += pieceBytes) {
    const piece = chunk.subarray(at, at + pieceBytes);
    if (bytesPerSecond !== undefined) await wait((piece.length / bytesPerSecond) * 1000);
    yield piece;
  }
}

/**
 * Lets the body of a request come slowly, or its connection break after some bytes. To be called before any of the body
 * was parsed: it stands between the parser and the stream, so whoever reads the body sees a slow or a broken client.
 */
export function disturbRequest(incoming: IncomingMessage, { cutAfterBytes, bytesPerSecond }: BodyFault): void {
  const push = incoming.push.bind(incoming);
  let passedBytes = 0;
  const cut = (): void => {
    // What broke off is not complete, even where the parser had all of it in one read.
    Object.defineProperty(incoming, 'complete', { get: () => false, set: () => undefined });
    incoming.destroy(new Error('The connection was cut, as the control surface was told.'));
  };
  const pass = async (chunk: Buffer | null): Promise<void> => {
    if (chunk === null) return void push(null);
    const rest = (cutAfterBytes ?? Number.POSITIVE_INFINITY) - passedBytes;
    for await (const piece of pace(chunk.subarray(0, rest), bytesPerSecond)) {
      if (incoming.destroyed) return;
      passedBytes += piece.length;
      push(piece);
    }
    if (passedBytes >= (cutAfterBytes ?? Number.POSITIVE_INFINITY)) cut();
  };
  let passing = Promise.resolve();
  incoming.push = (chunk: Buffer | null): boolean => {
    passing = passing.then(() => (incoming.destroyed ? undefined : pass(chunk)));
    // The parser waits; reading what was passed lets it go on.
    return false;
  };
}

/** The body of an answer, slow or breaking off. The error is the one that a client who goes away would cause. */
export function disturbAnswer(body: string | Readable, { cutAfterBytes, bytesPerSecond }: BodyFault): Readable {
  const source = typeof body === 'string' ? Readable.from(body === '' ? [] : [Buffer.from(body)]) : body;
  const chunks = disturbed(source, cutAfterBytes ?? Number.POSITIVE_INFINITY, bytesPerSecond);
  // A stream that nobody began to read closes nothing by itself.
  return Readable.from(chunks, { objectMode: false }).once('close', () => source.destroy());
}

async function* disturbed(source: Readable, cutAfterBytes: number, bytesPerSecond: number | undefined) {
  let restBytes = cutAfterBytes;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    const passing = chunk.subarray(0, restBytes);
    restBytes -= passing.length;
    yield* pace(passing, bytesPerSecond);
    if (restBytes > 0) continue;
    throw Object.assign(new Error('The connection was cut, as the control surface was told.'), {
      code: 'ERR_STREAM_PREMATURE_CLOSE',
    });
  }
}
