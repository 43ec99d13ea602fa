import type { SinglePut } from '../contract/schemas/upload.ts';
import { NetworkError, StorageError } from './errors.ts';
import { type RetryContext, withRetry } from './retry.ts';
import { storageError } from './storage-answer.ts';
import type { PutAnswer, Transport } from './transport/transport.ts';

export interface PutContext extends RetryContext {
  readonly transport: Transport;
  /** A transfer that moves no byte for so long is given up and tried again. */
  readonly stallTimeoutMilliseconds: number;
}

/** What stays the same over all attempts to send one file. */
interface Sending {
  readonly put: SinglePut;
  readonly file: Blob;
  readonly signal: AbortSignal | undefined;
  /** Whether an earlier attempt may have stored the file already. */
  readonly maybeStored: boolean;
  readonly onSent: (bytesDone: number) => void;
}

/**
 * Sends the file until S3 has stored it. The URL may be used any number of times but stores once (`if-none-match: *`).
 * So after an attempt whose answer was lost, a 412 says that something is stored, most likely by that attempt: not a
 * failure, but no proof either. The caller asks the record, which only agrees with the right bytes.
 */
export async function putFile(context: PutContext, sending: Sending): Promise<void> {
  let { maybeStored } = sending;
  await withRetry(context, sending.signal, async () => {
    try {
      const answer = await sendGuarded(context, sending);
      if (answer.status >= 200 && answer.status < 300) return;
      throw storageError(answer, context.timing.now());
    } catch (error) {
      if (maybeStored && error instanceof StorageError && error.status === 412) return;
      maybeStored ||= error instanceof NetworkError || (error instanceof StorageError && error.status >= 500);
      throw error;
    }
  });
}

/** One attempt, given up when it stands still: a connection that died silently would keep it waiting for minutes. */
async function sendGuarded(context: PutContext, { put, file, signal, onSent }: Sending): Promise<PutAnswer> {
  const stalled = new AbortController();
  const giveUp = () =>
    stalled.abort(
      new NetworkError('The transfer stood still for too long. Check the network connection and try again.'),
    );
  let timer = setTimeout(giveUp, context.stallTimeoutMilliseconds);
  try {
    return await context.transport({
      url: put.url,
      headers: put.headers,
      body: file,
      signal: signal === undefined ? stalled.signal : AbortSignal.any([signal, stalled.signal]),
      onSent: (bytesDone) => {
        clearTimeout(timer);
        timer = setTimeout(giveUp, context.stallTimeoutMilliseconds);
        onSent(bytesDone);
      },
    });
  } finally {
    clearTimeout(timer);
  }
}
