import type { CallContext } from '../call.ts';
import { IntegrityError, NetworkError } from '../errors.ts';
import { storageError } from '../storage-answer.ts';

export interface FetchContext extends CallContext {
  /** A transfer that moves no byte for so long is given up and tried again. */
  readonly stallTimeoutMilliseconds: number;
}

/** The bytes from `start` up to but without `end`, of `sizeBytes` in all. */
export interface Range {
  readonly start: number;
  readonly end: number;
  readonly sizeBytes: number;
}

/**
 * One GET of a range: gives its bytes as they come, all of them or it throws. Whoever ignores the range and sends
 * everything (RFC 9110 section 14.2 allows it) is told of to `onWhole`; what was not asked for is dropped.
 */
export async function* fetchBytes(
  context: FetchContext,
  url: string,
  { start, end, sizeBytes }: Range,
  signal: AbortSignal,
  onWhole: () => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const isPart = start > 0 || end < sizeBytes;
  const guard = guarded(context, signal);
  const response = await guard.run(() =>
    context.fetch(url, {
      ...(isPart && { headers: { range: `bytes=${start}-${end - 1}` } }),
      signal: guard.signal,
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    }),
  );
  if (!response.ok) {
    const body = await guard.run(() => response.text());
    const { status, headers } = response;
    throw storageError({ status, retryAfter: headers.get('retry-after'), body }, context.timing.now());
  }
  const isWhole = response.status !== 206;
  if (isPart && isWhole) onWhole();
  if (!isWhole) checkRange(response.headers.get('content-range'), { start, end, sizeBytes });
  const reader = response.body?.getReader();
  let at = isWhole ? 0 : start;
  try {
    while (!(isWhole && end < sizeBytes && at >= end)) {
      const { done, value } = await guard.run(async () => reader?.read() ?? { done: true, value: undefined });
      if (done || value === undefined) break;
      const wanted = value.subarray(Math.max(0, start - at), Math.max(0, end - at));
      at += value.byteLength;
      // Nobody else's bytes follow: it is not what the record says.
      if (at > (isWhole ? sizeBytes : end)) throw new IntegrityError();
      if (wanted.byteLength > 0) yield wanted;
    }
  } finally {
    // Ends what was not read to its end; what broke has nothing to end and says so once more.
    await reader?.cancel().catch(() => undefined);
  }
  if (at < end) throw interrupted();
}

const interrupted = (cause?: unknown): NetworkError =>
  new NetworkError('The download was interrupted. Check the network connection and try again.', { cause });

/** Not readable everywhere: where CORS does not expose it, the hash at the end has to say all. */
function checkRange(contentRange: string | null, { start, end, sizeBytes }: Range): void {
  if (contentRange !== null && contentRange !== `bytes ${start}-${end - 1}/${sizeBytes}`) throw new IntegrityError();
}

/** Runs what waits for the network, and gives it up where it waits too long: the time between does not count. */
function guarded({ stallTimeoutMilliseconds }: FetchContext, signal: AbortSignal) {
  const stalled = new AbortController();
  const giveUp = () => stalled.abort();
  return {
    signal: AbortSignal.any([signal, stalled.signal]),
    async run<Value>(step: () => Promise<Value>): Promise<Value> {
      const timer = setTimeout(giveUp, stallTimeoutMilliseconds);
      try {
        return await step();
      } catch (cause) {
        signal.throwIfAborted();
        throw interrupted(cause);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
