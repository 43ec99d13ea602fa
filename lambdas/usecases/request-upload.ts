import { partSizeBytesOf } from '../../contract/parts.ts';
import type { Profile } from '../../contract/profile.ts';
import type { UploadInstruction, UploadRequest } from '../../contract/schemas/upload.ts';
import type { AddressClass } from '../../contract/states.ts';
import { mayDeclare, mayKnowTotals } from '../domain/access.ts';
import type { Claimed } from '../domain/claim.ts';
import { admit, declareDocument, isInParts } from '../domain/declare.ts';
import type { Caller, DocumentRecord } from '../domain/document.ts';
import type { Failure } from '../domain/failure.ts';
import { timeOfId } from '../domain/id-time.ts';
import { objectKey } from '../domain/object-key.ts';
import { objectStateOf } from '../domain/object-state.ts';
import { fail, ok, okWith, type Result } from '../domain/result.ts';
import { storageHeaders } from '../domain/storage-headers.ts';
import type {
  Clock,
  DocumentIds,
  Documents,
  MultipartUploads,
  ObjectAddress,
  ObjectSigner,
  Quotas,
  StorageSettingsSource,
} from '../ports.ts';
import { releaseQuota, reserveQuota } from './reserve-quota.ts';
import { uploadInstruction } from './upload-instruction.ts';

export interface RequestUploadDeps {
  readonly clock: Clock;
  readonly ids: DocumentIds;
  readonly documents: Pick<Documents, 'create' | 'find'>;
  readonly quotas: Pick<Quotas, 'reserve' | 'touch' | 'release'>;
  readonly signer: Pick<ObjectSigner, 'signPut'>;
  readonly uploads: Pick<MultipartUploads, 'create'>;
  readonly addressOf: ObjectAddress;
  readonly profile: Profile;
  readonly storageSettings: StorageSettingsSource;
}

export interface RequestUploadInput {
  readonly caller: Caller;
  readonly requestId: string;
  readonly addressClass: AddressClass;
  readonly body: UploadRequest;
  readonly claim?: Claimed | undefined;
}

/**
 * Whether what is there was written by this request. Where that cannot be told any more it is taken for its own, which
 * counts too much at worst and never too little.
 */
const isOurs = (stored: DocumentRecord, { uploadExpiresAt, lastChange }: DocumentRecord): boolean =>
  stored.uploadExpiresAt === uploadExpiresAt &&
  (stored.lastChange.revision > 1 || stored.lastChange.requestId === lastChange.requestId);

/** Who may not know how much the tenant holds is told that it is full, and no more. */
const toldTo = (caller: Caller, refused: Failure): Failure =>
  refused.kind === 'quota-exceeded' && refused.quota?.scope === 'tenant' && !mayKnowTotals(caller)
    ? { kind: 'quota-exceeded' }
    : refused;

/**
 * The record with its upload in parts, where it has one. An upload that no record names, because of a death or because the
 * same request came twice, goes by the bucket's rule; one that cannot be begun takes no room.
 */
const beginParts = async (deps: RequestUploadDeps, record: DocumentRecord): Promise<DocumentRecord> => {
  if (record.upload === undefined) return record;
  const { mediaType, retentionClass, upload } = record;
  const state = objectStateOf[record.state];
  const { checksumAlgorithm } = upload;
  try {
    const begun = { key: objectKey(record), mediaType, state, retentionClass, checksumAlgorithm };
    return { ...record, upload: { ...upload, uploadId: await deps.uploads.create(begun) } };
  } catch (error) {
    if (deps.profile.quota !== undefined) await releaseQuota(deps.quotas, record);
    throw error;
  }
};

/** How a file of this size goes up in parts, its upload not begun yet; undefined where one PUT is enough. */
const plannedParts = ({ sizeBytes, checksumAlgorithm = 'SHA256' }: UploadRequest, profile: Profile) =>
  isInParts(sizeBytes, profile)
    ? { uploadId: '', partSizeBytes: partSizeBytesOf(sizeBytes), checksumAlgorithm }
    : undefined;

/** The record that there is from now on: the new one, or the one that a request with the same key has made meanwhile. */
const create = async (
  deps: RequestUploadDeps,
  record: DocumentRecord,
  { caller, claim }: RequestUploadInput,
): Promise<Result<DocumentRecord, Failure>> => {
  const { quota } = deps.profile;
  const refused = quota && (await reserveQuota(deps.quotas, record, quota));
  if (refused !== undefined) return fail(toldTo(caller, refused));
  const begun = await beginParts(deps, record);
  const stored = await deps.documents.create(begun);
  if (isOurs(stored, begun)) return ok(stored);
  if (claim === undefined || stored.ownerId !== caller.subjectId) throw new Error('A new id was in use already.');
  if (quota !== undefined) await releaseQuota(deps.quotas, record);
  return ok(stored);
};

/**
 * Takes the quota, writes the `pending` record, then signs the PUT, or says the plan of its parts: an object can never arrive before its record is there,
 * and a record never without being counted. A repeated request finds the record of the first one.
 */
export const requestUpload =
  (deps: RequestUploadDeps) =>
  async (input: RequestUploadInput): Promise<Result<UploadInstruction, Failure>> => {
    const { profile } = deps;
    const { caller, requestId, addressClass, claim } = input;
    if (!mayDeclare(caller)) return fail({ kind: 'not-permitted' });
    const admitted = admit(input.body, profile, caller);
    if (!admitted.ok) return admitted;
    // Nothing is stored by settings that are not those deployed, so nothing is declared either.
    const storageSettings = await deps.storageSettings.current();

    const now = deps.clock.now();
    const answer = async (record: DocumentRecord) =>
      okWith(await uploadInstruction(deps, record, now), storageHeaders(caller, record, deps.addressOf));
    const documentId = claim?.resourceId ?? deps.ids.next(now);
    const earlier = claim?.isRepeated
      ? await deps.documents.find({ tenantId: caller.tenantId, documentId })
      : undefined;
    if (earlier !== undefined) return answer(earlier);

    const declared = { ...input.body, mediaType: admitted.value };
    // Lists end at a time by the id alone, so a document is as old as its id, whoever comes again to make it.
    const createdAt = claim === undefined ? now : timeOfId(documentId);
    const context = { caller, documentId, createdAt, now, profile, requestId, addressClass, storageSettings };
    const upload = plannedParts(declared, profile);
    const created = await create(deps, declareDocument(declared, { ...context, upload }), input);
    return created.ok ? answer(created.value) : created;
  };
