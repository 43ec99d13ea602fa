import type { Document } from '../../contract/schemas/document.ts';
import type { Call } from '../call.ts';
import { IntegrityError } from '../errors.ts';
import { type ContentHash, contentHashOf } from './content-hash.ts';
import type { FetchContext } from './fetch-bytes.ts';
import { DownloadLinkKeeper } from './link.ts';
import { orderedChunks } from './ordered.ts';
import { type DownloadProgress, type DownloadTracker, trackDownload } from './progress.ts';
import { rangeChunks } from './range-chunks.ts';
import { type DownloadTarget, targetError } from './target.ts';

export interface DownloadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Why, where the environment wants to know it of the caller's role: 3 to 200 characters. */
  readonly reason?: string;
}

export type DownloadContext = FetchContext & { readonly call: Call };

/** One download on its way. */
interface Transfer {
  readonly context: DownloadContext;
  readonly document: Document;
  readonly target: DownloadTarget;
  readonly link: DownloadLinkKeeper;
  readonly signal: AbortSignal;
  readonly tracker: DownloadTracker;
}

/** Asks for a link, fetches, hashes and writes; the target is closed only with the recorded bytes in it. */
export async function transfer(
  context: DownloadContext,
  documentId: string,
  target: DownloadTarget,
  { signal: stop, onProgress, reason }: DownloadOptions,
): Promise<Document> {
  const ended = new AbortController();
  const signal = stop === undefined ? ended.signal : AbortSignal.any([stop, ended.signal]);
  const params = { documentId };
  try {
    const document = await context.call('getDocument', { params, signal });
    // Before anything else: it tells whether the caller may have the bytes, those that were kept too.
    const ask = async () => (await context.call('issueDownload', { params, query: { reason }, signal })).url;
    const link = await DownloadLinkKeeper.start(ask);
    const tracker = trackDownload(document.sizeBytes, onProgress, context.timing.now);
    await fill({ context, document, target, link, signal, tracker });
    return document;
  } catch (error) {
    await abort(target, error);
    throw error;
  } finally {
    // Whatever still comes is not wanted any more.
    ended.abort();
  }
}

async function fill(transfer: Transfer): Promise<void> {
  const { document, target, tracker } = transfer;
  const hash = await contentHashOf(document);
  const keptBytes = await takeKept(transfer, hash);
  await fetchFrom(transfer, keptBytes, hash);
  if (!(await hash.matches())) {
    if (keptBytes === 0) throw new IntegrityError();
    // What an earlier download left may be of a machine that died while it wrote.
    await toTarget(() => target.restart());
    tracker.restart();
    const again = await contentHashOf(document);
    await fetchFrom(transfer, 0, again);
    if (!(await again.matches())) throw new IntegrityError();
  }
  transfer.signal.throwIfAborted();
  await toTarget(() => target.close());
}

async function takeKept({ document, target, tracker, signal }: Transfer, hash: ContentHash): Promise<number> {
  let keptBytes = 0;
  const kept = target.open(document)[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await toTarget(() => kept.next());
    if (done) return keptBytes;
    signal.throwIfAborted();
    await hash.update(value);
    keptBytes += value.byteLength;
    tracker.add(value.byteLength, false);
  }
}

async function fetchFrom(transfer: Transfer, start: number, hash: ContentHash): Promise<void> {
  const { context, document, target, link, signal, tracker } = transfer;
  let takesRanges = true;
  const chunks = orderedChunks({
    start,
    sizeBytes: document.sizeBytes,
    takesRanges: () => takesRanges,
    open: (range) =>
      rangeChunks(context, range, {
        link,
        signal,
        onReceived: (bytes) => tracker.add(bytes, true),
        onWhole: () => {
          takesRanges = false;
        },
      }),
  });
  for await (const bytes of chunks) {
    signal.throwIfAborted();
    await hash.update(bytes);
    await toTarget(() => target.write(bytes));
  }
}

async function abort(target: DownloadTarget, error: unknown): Promise<void> {
  try {
    await target.abort(error);
  } catch (cause) {
    throw targetError(new AggregateError([error, cause]));
  }
}

async function toTarget<Value>(step: () => Promise<Value>): Promise<Value> {
  try {
    return await step();
  } catch (cause) {
    throw targetError(cause);
  }
}
