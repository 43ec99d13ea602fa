import type { FormPost, SinglePut } from '../contract/schemas/upload.ts';
import { type SealdropError, StorageError } from './errors.ts';
import { formBody } from './form-body.ts';
import { isRetryable, type RetryContext, withRetry } from './retry.ts';
import { isDamaged, storageError } from './storage-answer.ts';
import type { PutRequest, Transport } from './transport/transport.ts';

export interface PutContext extends RetryContext {
  /** Gives up by itself what stands still. */
  readonly transport: Transport;
}

/** What stays the same over all attempts to send one file. */
export interface Sending extends Pick<PutRequest, 'body' | 'onSent'> {
  readonly put: Pick<SinglePut, 'url' | 'headers'> | Pick<FormPost, 'url' | 'dualStackUrl' | 'fields'>;
  readonly signal: AbortSignal;
  /** Whether an earlier attempt may have stored the file already. */
  readonly maybeStored: boolean;
  /** From now on one may have, whatever becomes of the others. */
  readonly onMaybeStored?: () => void;
}

/**
 * Sends the file until S3 has stored it. The URL of a PUT may be used any number of times but stores once
 * (`if-none-match: *`).
 * So after an attempt whose answer was lost, a 412 says that something is stored, most likely by that attempt: not a
 * failure, but no proof either. The caller asks the record, which only agrees with the right bytes. A form stores each time,
 * but only those bytes: its policy holds their hash.
 */
export async function putFile(context: PutContext, { put, ...sending }: Sending): Promise<void> {
  let { maybeStored } = sending;
  const { body, signal, onSent } = sending;
  const request = { ...requestOf(put, body), signal, onSent };
  // Bytes in memory are those that were hashed, so where others arrived they were damaged on the way. Of a file on a disk
  // more likely it changed.
  const isWorthIt = (error: unknown): error is SealdropError =>
    isRetryable(error) || (body instanceof Uint8Array && isDamaged(error));
  const attempt = async () => {
    try {
      const answer = await context.transport(request);
      if (answer.status >= 200 && answer.status < 300) return;
      throw storageError(answer, context.timing.now());
    } catch (error) {
      if (maybeStored && error instanceof StorageError && error.status === 412) return;
      // Whatever is no answer of the storage may hide one; an abort does.
      maybeStored ||= !(error instanceof StorageError) || error.status >= 500;
      if (maybeStored) sending.onMaybeStored?.();
      throw error;
    }
  };
  await withRetry(context, signal, attempt, isWorthIt);
}

/** A form below this is sent without telling how far it is: on a line of 64 kB/s, the six of a browser take half a minute. */
const quietSizeBytesMax = 256 * 1024;

function requestOf(put: Sending['put'], file: PutRequest['body']): Omit<PutRequest, 'signal' | 'onSent'> {
  if ('headers' in put) return { url: put.url, headers: put.headers, body: file };
  const { contentType, body } = formBody(put.fields, file);
  const isQuiet = (body instanceof Blob ? body.size : body.byteLength) <= quietSizeBytesMax;
  const { url, dualStackUrl } = put;
  return { method: 'POST', url, dualStackUrl, headers: { 'content-type': contentType }, body, isQuiet };
}
