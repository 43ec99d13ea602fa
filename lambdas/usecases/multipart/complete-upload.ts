import type { Document } from '../../../contract/schemas/document.ts';
import type { CompletionRequest, StoredPart } from '../../../contract/schemas/parts.ts';
import type { Caller, DocumentRecord } from '../../domain/document.ts';
import type { Failure } from '../../domain/failure.ts';
import { objectKey } from '../../domain/object-key.ts';
import { objectStateOf } from '../../domain/object-state.ts';
import { isUploading, namedErrors, partErrors, type UploadingRecord } from '../../domain/parts.ts';
import { fail, okWith, type Result } from '../../domain/result.ts';
import { storageHeaders } from '../../domain/storage-headers.ts';
import { viewOf } from '../../domain/view.ts';
import type {
  CompletionOutcome,
  Documents,
  MultipartUploads,
  ObjectAddress,
  Objects,
  PartsDigest,
} from '../../ports.ts';
import { findPermitted } from '../find-permitted.ts';

export interface CompleteDeps {
  readonly documents: Pick<Documents, 'find' | 'setUpload'>;
  readonly uploads: Pick<MultipartUploads, 'create' | 'listParts' | 'complete'>;
  readonly objects: Pick<Objects, 'listVersions'>;
  readonly digestOfParts: PartsDigest;
  readonly addressOf: ObjectAddress;
}

export interface CompleteInput {
  readonly caller: Caller;
  readonly params: { readonly documentId: string };
  readonly body: CompletionRequest;
  /** What a client says of its upload and its parts, where its protocol has it say so; ETags with quotes or without. */
  readonly named?: {
    readonly uploadId: string;
    readonly parts: readonly { readonly partNumber: number; readonly etag: string }[];
  };
}

/** Whether what a client asks for is done already: its upload was completed, by this request or one like it. */
const isCompleted = ({ state, upload }: DocumentRecord): boolean =>
  upload !== undefined && upload.abortedAt === undefined && state !== 'pending' && state !== 'expired';

/** What the parts that S3 holds keep the upload from being completed for; undefined: nothing. */
const refusalOf = (
  { digestOfParts }: CompleteDeps,
  record: UploadingRecord,
  parts: readonly StoredPart[],
  { body: { checksum }, named }: CompleteInput,
): Failure | undefined => {
  const errors = [...partErrors(record, parts), ...(named === undefined ? [] : namedErrors(parts, named.parts))];
  if (errors.length > 0) return { kind: 'upload-incomplete', errors };
  const total = parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (total > record.sizeBytes) return { kind: 'file-too-large', sizeBytesMax: record.sizeBytes };
  // S3 keeps no SHA-256 of the whole, so the hash of the parts' hashes is reckoned here, of what S3 holds.
  const isOther = record.upload.checksumAlgorithm === 'SHA256' && digestOfParts(parts) !== checksum;
  return checksum !== undefined && isOther ? { kind: 'checksum-mismatch' } : undefined;
};

/** S3 wants another upload with all parts (F13): the document stays, and gets one. */
const restart = async ({ uploads, documents }: CompleteDeps, record: UploadingRecord): Promise<Failure> => {
  const key = objectKey(record);
  const { checksum: _refused, ...upload } = record.upload;
  const { checksumAlgorithm } = upload;
  const { mediaType, retentionClass } = record;
  const state = objectStateOf[record.state];
  const uploadId = await uploads.create({ key, mediaType, state, retentionClass, checksumAlgorithm });
  // The first one goes by the bucket's rule. Who lost against another change asks, and learns what is.
  await documents.setUpload(record, { ...upload, uploadId });
  return { kind: 'upload-restarted' };
};

const failureOf: Readonly<Partial<Record<CompletionOutcome, Failure>>> = {
  changed: { kind: 'upload-incomplete', errors: [] },
  'other-bytes': { kind: 'checksum-mismatch' },
};

/** Writes down what the bytes must be, then lets S3 make one object of the parts. Undefined: there is an object now. */
const complete = async (
  deps: CompleteDeps,
  record: UploadingRecord,
  parts: readonly StoredPart[],
  checksum: string | undefined,
): Promise<Failure | undefined> => {
  const { documents, uploads, objects } = deps;
  const { upload } = record;
  const { uploadId, checksumAlgorithm } = upload;
  const key = objectKey(record);
  // What was said before, and refused, counts no more: the object is held to what made it.
  const { checksum: earlier, ...plan } = upload;
  const held = { ...plan, ...(checksum !== undefined && { checksum }) };
  if (checksum !== earlier && !(await documents.setUpload(record, held))) return { kind: 'too-many-requests' };
  const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
  const outcome = await uploads.complete({ key, uploadId }, { parts, sizeBytes, checksumAlgorithm, checksum });
  if (outcome === 'restart') return restart(deps, record);
  if (outcome === 'gone' && (await objects.listVersions(key)).length === 0) return { kind: 'upload-ended' };
  return failureOf[outcome];
};

/**
 * Completes an upload. What counts is what S3 holds, never what the client says: the parts are listed, held to the plan
 * and to the client's checksum, and S3 is told how large the object must be. Asked again after a lost answer it finds
 * the object; the record changes by S3's event, as with every upload.
 */
export const completeUpload =
  (deps: CompleteDeps) =>
  async (input: CompleteInput): Promise<Result<Document, Failure>> => {
    const { caller, params, body, named } = input;
    const found = await findPermitted(deps.documents, 'upload', caller, params.documentId);
    if (!found.ok) return found;
    const record = found.value;
    if (named !== undefined && named.uploadId !== record.upload?.uploadId) return fail({ kind: 'document-not-found' });
    const answer = (current: DocumentRecord) =>
      okWith(viewOf(current), storageHeaders(caller, current, deps.addressOf));
    if (isCompleted(record)) return answer(record);
    if (!isUploading(record)) return fail({ kind: 'upload-ended' });

    const key = objectKey(record);
    const parts = await deps.uploads.listParts({ key, uploadId: record.upload.uploadId });
    if (parts === undefined) {
      const isThere = (await deps.objects.listVersions(key)).length > 0;
      return isThere ? answer((await deps.documents.find(record)) ?? record) : fail({ kind: 'upload-ended' });
    }
    const failure = refusalOf(deps, record, parts, input) ?? (await complete(deps, record, parts, body.checksum));
    if (failure !== undefined) return fail(failure);
    return answer((await deps.documents.find(record)) ?? record);
  };
