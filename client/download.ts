import type { Document } from '../contract/schemas/document.ts';
import type { Call, CallContext } from './call.ts';
import { IntegrityError, NetworkError } from './errors.ts';
import { hexOf } from './hash/base64.ts';
import { startHash } from './hash/start-hash.ts';
import { withRetry } from './retry.ts';
import { storageError } from './storage-answer.ts';

export interface DownloadProgress {
  /** From 0 to 1; starts over where the transfer had to. */
  readonly fraction: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

export interface DownloadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Why, where the environment wants to know it of the caller's role: 3 to 200 characters. */
  readonly reason?: string;
}

export interface Downloaded {
  readonly document: Document;
  /** Exactly the recorded bytes: their SHA-256 was compared. */
  readonly blob: Blob;
}

/** Asks for a link, fetches it, compares the bytes with the record. Each attempt asks for a link of its own. */
export async function download(
  context: CallContext & { readonly call: Call },
  documentId: string,
  { signal, onProgress, reason }: DownloadOptions,
): Promise<Downloaded> {
  const document = await context.call('getDocument', { params: { documentId }, signal });
  return withRetry(context, signal, async () => {
    const { url } = await context.call('issueDownload', { params: { documentId }, query: { reason }, signal });
    const blob = await fetchVerified(context, url, document, signal, (bytesDone) =>
      onProgress?.({ fraction: bytesDone / document.sizeBytes, bytesDone, bytesTotal: document.sizeBytes }),
    );
    return { document, blob };
  });
}

async function fetchVerified(
  context: CallContext,
  url: string,
  document: Document,
  signal: AbortSignal | undefined,
  onReceived: (bytesDone: number) => void,
): Promise<Blob> {
  const hash = await startHash('SHA256');
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const response = await duringTransfer(signal, () =>
    context.fetch(url, {
      signal: signal ?? null,
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    }),
  );
  if (!response.ok) {
    const body = await duringTransfer(signal, () => response.text());
    const { status, headers } = response;
    throw storageError({ status, retryAfter: headers.get('retry-after'), body }, context.timing.now());
  }
  let bytesDone = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const part = await duringTransfer(signal, async () => reader?.read());
    if (part === undefined || part.done) break;
    hash.update(part.value);
    chunks.push(part.value);
    bytesDone += part.value.byteLength;
    onReceived(bytesDone);
  }
  if (hexOf(hash.digest()) !== document.sha256) throw new IntegrityError();
  return new Blob(chunks, { type: document.mediaType });
}

async function duringTransfer<Value>(signal: AbortSignal | undefined, step: () => Promise<Value>): Promise<Value> {
  try {
    return await step();
  } catch (cause) {
    signal?.throwIfAborted();
    throw new NetworkError('The download was interrupted. Check the network connection and try again.', { cause });
  }
}
