import { limits } from '../contract/limits.ts';
import { mediaTypes } from '../contract/media-types.ts';
import type { Document } from '../contract/schemas/document.ts';
import type { Call } from './call.ts';
import { FileError } from './errors.ts';
import { sha256OfBlob } from './hash.ts';
import { waitForOutcome } from './outcome.ts';
import { trackProgress, type UploadProgress } from './progress.ts';
import { type PutContext, putFile } from './put-file.ts';

export interface UploadOptions {
  /** Default: the name of the `File`; a nameless `Blob` needs one. */
  readonly fileName?: string;
  /** Default: what the `Blob` says, else what the file name's ending says. */
  readonly mediaType?: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: UploadProgress) => void;
  /** The record, when it was declared and each time it was looked at after the transfer. */
  readonly onDocument?: (document: Document) => void;
}

export interface UploadContext extends PutContext {
  readonly call: Call;
  readonly outcomeWaitMilliseconds: number;
}

/** Hash, declare, send, wait for the outcome. */
export async function upload(context: UploadContext, file: Blob, options: UploadOptions): Promise<Document> {
  const { signal, onProgress, onDocument } = options;
  signal?.throwIfAborted();
  refuseEarly(file);
  const fileName = options.fileName ?? (file instanceof File ? file.name : '');
  const mediaType = options.mediaType ?? mediaTypeOf(file, fileName);
  const report = trackProgress(file.size, onProgress);

  report('hashing', 0);
  const sha256 = await sha256OfBlob(file, signal, (bytesDone) => report('hashing', bytesDone));

  report('declaring', 0);
  // Tried again even if an answer was lost: what a lost answer leaves behind is a pending record, which holds no bytes
  // and expires by itself.
  const instruction = await context.call('requestUpload', {
    body: { fileName, mediaType, sizeBytes: file.size, sha256 },
    signal,
  });
  onDocument?.(instruction.document);

  report('uploading', 0);
  await putFile(context, {
    upload: instruction.upload,
    file,
    signal,
    onSent: (bytesDone) => report('uploading', Math.min(bytesDone, file.size)),
  });

  report('verifying', 0);
  const document = await waitForOutcome(context, instruction.document.id, {
    signal,
    waitMilliseconds: context.outcomeWaitMilliseconds,
    onDocument,
  });
  report('verifying', file.size);
  return document;
}

/** What no environment accepts need not be hashed first. All else is the API's to refuse. */
function refuseEarly(file: Blob): void {
  if (file.size === 0) throw new FileError('empty', 'The file is empty; choose a file with content.');
  if (file.size > limits.singlePutSizeBytesMax) {
    throw new FileError('too-large', 'The file is larger than 5 GiB; choose a smaller one.');
  }
}

/** Systems that do not know a type report none; the ending of the name decides then, and the API has the last word. */
function mediaTypeOf(file: Blob, fileName: string): string {
  const reported = file.type.split(';')[0]?.trim().toLowerCase() ?? '';
  if (reported !== '') return reported;
  const name = fileName.toLowerCase();
  const known = Object.entries(mediaTypes).find(([, { extensions }]) => extensions.some((end) => name.endsWith(end)));
  return known?.[0] ?? 'application/octet-stream';
}
