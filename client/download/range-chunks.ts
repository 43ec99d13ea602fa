import { withRetry } from '../retry.ts';
import { isExpired } from '../storage-answer.ts';
import { type FetchContext, fetchBytes, type Range } from './fetch-bytes.ts';
import type { DownloadLinkKeeper } from './link.ts';

export interface Chunks {
  /** The next bytes, undefined after the last. */
  next(): Promise<Uint8Array<ArrayBuffer> | undefined>;
}

export interface ChunksOptions {
  readonly link: DownloadLinkKeeper;
  readonly signal: AbortSignal;
  /** Bytes that came just now; each is told once. */
  readonly onReceived: (bytes: number) => void;
  /** The range was ignored, and everything sent. */
  readonly onWhole: () => void;
}

/**
 * The bytes of a range, whatever happens on the way: after a failure it goes on behind the last byte that came, and each
 * byte that comes makes it patient again.
 */
export function rangeChunks(
  context: FetchContext,
  { start, ...range }: Range,
  { link, signal, onReceived, onWhole }: ChunksOptions,
): Chunks {
  let at = start;
  let running: AsyncGenerator<Uint8Array<ArrayBuffer>, void> | undefined;
  const nextOf = async (url: string) => {
    // Where the last byte came and its connection broke after it.
    if (running === undefined && at >= range.end) return undefined;
    running ??= fetchBytes(context, url, { start: at, ...range }, signal, onWhole);
    try {
      const { value } = await running.next();
      return value ?? undefined;
    } catch (error) {
      running = undefined;
      throw error;
    }
  };
  const attempt = async (): Promise<Uint8Array<ArrayBuffer> | undefined> => {
    for (;;) {
      const { url } = link;
      try {
        return await nextOf(url);
      } catch (error) {
        if (!isExpired(error) || !(await link.renew(url))) throw error;
      }
    }
  };
  return {
    async next() {
      const bytes = await withRetry(context, signal, attempt);
      if (bytes === undefined) return undefined;
      at += bytes.byteLength;
      link.worked();
      onReceived(bytes.byteLength);
      return bytes;
    },
  };
}
