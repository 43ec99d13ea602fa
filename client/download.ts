import type { Document } from '../contract/schemas/document.ts';
import { type DownloadTarget, memoryTarget, streamTarget } from './download/target.ts';
import { type DownloadContext, type DownloadOptions, transfer } from './download/transfer.ts';

export type { DownloadOptions } from './download/transfer.ts';

export interface Downloaded {
  readonly document: Document;
  /** Exactly the recorded bytes: their hash was compared. */
  readonly blob: Blob;
}

export async function download(
  context: DownloadContext,
  documentId: string,
  options: DownloadOptions,
): Promise<Downloaded> {
  const target = memoryTarget();
  const document = await transfer(context, documentId, target, options);
  return { document, blob: new Blob(target.chunks, { type: document.mediaType }) };
}

export const downloadTo = (
  context: DownloadContext,
  documentId: string,
  target: WritableStream<Uint8Array<ArrayBuffer>> | DownloadTarget,
  options: DownloadOptions,
): Promise<Document> => transfer(context, documentId, 'getWriter' in target ? streamTarget(target) : target, options);
