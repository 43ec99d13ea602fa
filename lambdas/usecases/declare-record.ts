import type { ChecksumAlgorithm } from '../../contract/checksums.ts';
import type { Profile } from '../../contract/profile.ts';
import type { AddressClass } from '../../contract/states.ts';
import { mayDeclare, mayKnowTotals } from '../domain/access.ts';
import type { Claimed } from '../domain/claim.ts';
import { admit, type Declaration, declareDocument } from '../domain/declare.ts';
import type { Caller, DocumentRecord } from '../domain/document.ts';
import type { Failure, FieldError } from '../domain/failure.ts';
import { timeOfId } from '../domain/id-time.ts';
import { objectKey } from '../domain/object-key.ts';
import { objectStateOf } from '../domain/object-state.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import type { Clock, DocumentIds, Documents, MultipartUploads, Quotas, StorageSettingsSource } from '../ports.ts';
import { releaseQuota, reserveQuota } from './reserve-quota.ts';

export interface DeclareDeps {
  readonly clock: Clock;
  readonly ids: DocumentIds;
  readonly documents: Pick<Documents, 'create' | 'find'>;
  readonly quotas: Pick<Quotas, 'reserve' | 'touch' | 'release'>;
  readonly uploads: Pick<MultipartUploads, 'create'>;
  readonly profile: Profile;
  readonly storageSettings: StorageSettingsSource;
}

/** Who declares, in what request. */
export interface Declaring {
  readonly caller: Caller;
  readonly requestId: string;
  readonly addressClass: AddressClass;
  readonly claim?: Claimed | undefined;
}

/** What is declared. `parts`: it goes up in parts, of that size or of one that the client chooses. */
export interface Wanted {
  readonly declared: Declaration;
  readonly parts?: { readonly partSizeBytes?: number; readonly checksumAlgorithm: ChecksumAlgorithm } | undefined;
  /** What of the request does not fit besides what every declaration is held to. */
  readonly errors?: readonly FieldError[];
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
const beginParts = async (deps: DeclareDeps, record: DocumentRecord): Promise<DocumentRecord> => {
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

/** The record that there is from now on: the new one, or the one that a request with the same key has made meanwhile. */
const create = async (
  deps: DeclareDeps,
  record: DocumentRecord,
  { caller, claim }: Declaring,
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
 * Takes the quota, begins the upload in parts where it is one, then writes the `pending` record: an object can never
 * arrive before its record is there, and a record never without being counted. A repeated request finds the record of
 * the first one.
 */
export const declareRecord = async (
  deps: DeclareDeps,
  declaring: Declaring,
  { declared, parts, errors }: Wanted,
): Promise<Result<DocumentRecord, Failure>> => {
  const { profile } = deps;
  const { caller, requestId, addressClass, claim } = declaring;
  if (!mayDeclare(caller)) return fail({ kind: 'not-permitted' });
  const admitted = admit(declared, profile, caller, errors);
  if (!admitted.ok) return admitted;
  // Nothing is stored by settings that are not those deployed, so nothing is declared either.
  const storageSettings = await deps.storageSettings.current();

  const now = deps.clock.now();
  const documentId = claim?.resourceId ?? deps.ids.next(now);
  const earlier = claim?.isRepeated ? await deps.documents.find({ tenantId: caller.tenantId, documentId }) : undefined;
  if (earlier !== undefined) return ok(earlier);

  // Lists end at a time by the id alone, so a document is as old as its id, whoever comes again to make it.
  const createdAt = claim === undefined ? now : timeOfId(documentId);
  const upload = parts && { ...parts, uploadId: '' };
  const context = { caller, documentId, createdAt, now, profile, requestId, addressClass, storageSettings, upload };
  return create(deps, declareDocument({ ...declared, mediaType: admitted.value }, context), declaring);
};
