import type { Document } from '../../contract/schemas/document.ts';
import type { Tagged } from '../call.ts';
import { AnswerError, ProblemError } from '../errors.ts';
import { type Claim, claimFile } from './claim.ts';
import { sendAndComplete } from './complete.ts';
import type { Engine } from './engine.ts';
import { beginParts, type PartsUpload } from './parts-upload.ts';
import { findBegun } from './resume.ts';
import type { UploadJob } from './upload-job.ts';

/** An upload in parts from its beginning to its end, over all its pauses. */
export interface MultipartUpload {
  /** Goes on until all is at the storage and one object. */
  send(signal: AbortSignal): Promise<Tagged<Document>>;
  /** Nothing will come of it any more: has what was sent removed, as far as that can be done now. */
  abandon(): Promise<void>;
  /** Its outcome is known. */
  forget(): Promise<void>;
  /** This page is done with it, whatever becomes of it. */
  close(): void;
}

/** Kinds of problems after which going on is of no use: who adds the file again begins anew. */
const final = ['upload-ended', 'checksum-mismatch', 'document-not-found'];

export function createMultipartUpload(engine: Engine, job: UploadJob): MultipartUpload {
  let claim: Claim | undefined;
  let upload: PartsUpload | undefined;

  const begin = async (signal: AbortSignal): Promise<PartsUpload | Tagged<Document>> => {
    claim ??= await claimFile(engine, job, signal);
    const begun = await findBegun(engine, claim, job.source, signal);
    if (begun !== undefined) return begun;
    const declared = await declare(engine, job, signal);
    if ('documentId' in declared) await claim.keep(declared.documentId);
    return declared;
  };
  const goOn = async (signal: AbortSignal): Promise<Tagged<Document>> => {
    const { source, report, options } = job;
    if (upload === undefined) {
      report('declaring', 0);
      const begun = await begin(signal);
      options.onDocument?.(('seen' in begun ? begun.seen : begun).value);
      if (!('seen' in begun)) return begun;
      upload = begun;
    }
    try {
      return await sendAndComplete(engine, upload, source, report, signal);
    } catch (error) {
      if (!(error instanceof ProblemError) || !final.includes(error.kind)) throw error;
      await claim?.drop();
      if (error.kind !== 'upload-ended') throw error;
      return outcomeOfEnded(engine, upload, error, signal);
    }
  };

  return {
    send: async (signal) => {
      const leave = await engine.room.largeFiles.acquire(1, signal);
      job.onActive();
      try {
        return await goOn(signal);
      } finally {
        leave();
      }
    },
    abandon: async () => {
      await claim?.drop();
      const params = { documentId: upload?.documentId ?? '' };
      if (upload === undefined) return;
      // Best effort: without it the service removes what was sent within a day.
      await engine.callTagged('abortUpload', { params }).catch(() => undefined);
    },
    forget: async () => claim?.drop(),
    close: () => claim?.release(),
  };
}

async function declare(
  { declarer }: Engine,
  { file, source, options, description }: UploadJob,
  signal: AbortSignal,
): Promise<PartsUpload | Tagged<Document>> {
  const checksumAlgorithm = options.integrity === 'crc64nvme' ? 'CRC64NVME' : 'SHA256';
  const body = { ...options.metadata, ...description, sizeBytes: source.sizeBytes, checksumAlgorithm } as const;
  for (let round = 1; ; round += 1) {
    const { value, entityTag } = await declarer.declare(file, body, signal);
    const { document, upload } = value;
    const seen = { value: document, entityTag };
    if (upload.kind === 'multipart') return beginParts(seen, upload);
    // Of a request that was answered to nobody: it is too late for its bytes, or they came.
    if (upload.kind === 'none' && document.state !== 'pending' && document.state !== 'expired') return seen;
    if (round > 1 || upload.kind !== 'none') throw new AnswerError(201);
  }
}

/** It may have ended well without anybody hearing of it; then the document tells its outcome. */
async function outcomeOfEnded(
  { patient }: Engine,
  { documentId, maybeComplete }: PartsUpload,
  error: ProblemError,
  signal: AbortSignal,
): Promise<Tagged<Document>> {
  const seen = await patient.callTagged('getDocument', { params: { documentId }, signal });
  if (seen.value.state === 'expired' || (seen.value.state === 'pending' && !maybeComplete)) throw error;
  return seen;
}
