import { type MediaType, mediaTypes } from '../../contract/media-types.ts';
import type { Profile } from '../../contract/profile.ts';
import type { UploadRequest } from '../../contract/schemas/upload.ts';
import type { AddressClass } from '../../contract/states.ts';
import type { StorageSettings } from '../../contract/storage-settings.ts';
import { changeOf } from './change.ts';
import type { Caller, DocumentRecord, PartsUpload } from './document.ts';
import { clockSkewSecondsMax } from './due.ts';
import type { Failure, FieldError } from './failure.ts';
import { linkExpiry } from './link-expiry.ts';
import { metadataErrors, metadataOf } from './metadata.ts';
import { fail, ok, type Result } from './result.ts';
import { retentionErrors, retentionOf } from './retention.ts';

/** A declaration, whatever way its bytes will come. `sizeBytes` is the most that may come where `isSizeOpen`. */
export type Declaration = Omit<UploadRequest, 'checksumAlgorithm' | 'transfer'> & {
  readonly isSizeOpen?: true;
  readonly byForm?: true;
};

const isMediaType = (name: string): name is MediaType => Object.hasOwn(mediaTypes, name);

/** Whether a file of that size goes up in parts. */
export const isInParts = (sizeBytes: number, { multipart }: Profile): boolean => sizeBytes > multipart.aboveSizeBytes;

const missingSha256 = {
  pointer: '/sha256',
  detail: 'Give the SHA-256 of the file: 64 hexadecimal digits in lower case.',
};
const needlessSha256 = {
  pointer: '/sha256',
  detail: 'Leave it out: a file of this size goes up in parts, and S3 is given the checksums of those.',
};
const needlessAlgorithm = {
  pointer: '/checksumAlgorithm',
  detail: 'Leave it out: a file of this size goes up in one PUT, by its SHA-256.',
};

/** S3 keeps the SHA-256 of what comes in one PUT, and of what comes in parts another checksum. */
export const checksumErrors = (
  { sizeBytes, sha256, checksumAlgorithm }: UploadRequest,
  profile: Profile,
): FieldError[] => {
  if (isInParts(sizeBytes, profile)) return sha256 === undefined ? [] : [needlessSha256];
  return [
    ...(sha256 === undefined ? [missingSha256] : []),
    ...(checksumAlgorithm === undefined ? [] : [needlessAlgorithm]),
  ];
};

/** Whether the profile takes such a file of this caller; on success its media type as one of ours. */
export const admit = (
  declared: Declaration,
  profile: Profile,
  caller: Caller,
  moreErrors: readonly FieldError[] = [],
): Result<MediaType, Failure> => {
  const { mediaType, sizeBytes } = declared;
  if (!isMediaType(mediaType) || !profile.mediaTypes.includes(mediaType))
    return fail({ kind: 'media-type-not-allowed', mediaTypes: profile.mediaTypes });
  if (sizeBytes > profile.sizeBytesMax) return fail({ kind: 'file-too-large', sizeBytesMax: profile.sizeBytesMax });
  const errors = [
    ...moreErrors,
    ...metadataErrors(metadataOf(declared), profile, caller),
    ...retentionErrors(declared, profile),
  ];
  return errors.length > 0 ? fail({ kind: 'invalid-request', errors }) : ok(mediaType);
};

/** The record of a file that was declared and is not there yet. */
export const declareDocument = (
  declared: Declaration & { readonly mediaType: MediaType },
  context: {
    caller: Caller;
    documentId: string;
    /** Absent: now. */
    createdAt?: Date;
    now: Date;
    profile: Profile;
    requestId: string;
    addressClass: AddressClass;
    storageSettings?: StorageSettings;
    /** Where the file goes up in parts. */
    upload?: PartsUpload | undefined;
  },
): DocumentRecord => {
  const {
    caller,
    documentId,
    now,
    createdAt = now,
    profile,
    requestId,
    addressClass,
    storageSettings,
    upload,
  } = context;
  const metadata = metadataOf(declared);
  const expiresInSeconds = upload === undefined ? profile.uploadExpiresInSeconds : profile.multipart.expiresInSeconds;
  const uploadExpiresAt = linkExpiry(now, expiresInSeconds);
  const sweepAfter = linkExpiry(uploadExpiresAt, profile.transferSecondsMax + clockSkewSecondsMax).toISOString();
  return {
    tenantId: caller.tenantId,
    documentId,
    ownerId: caller.subjectId,
    state: 'pending',
    // A lone surrogate has no UTF-8 form; the table would replace it silently.
    fileName: declared.fileName.toWellFormed(),
    mediaType: declared.mediaType,
    sizeBytes: declared.sizeBytes,
    ...(declared.isSizeOpen && { isSizeOpen: true }),
    ...(declared.byForm && { byForm: true }),
    ...(declared.sha256 !== undefined && { sha256: declared.sha256 }),
    ...(upload !== undefined && { upload }),
    ...(metadata !== undefined && { metadata }),
    ...retentionOf(declared, profile, now, storageSettings),
    createdAt: createdAt.toISOString(),
    uploadExpiresAt: uploadExpiresAt.toISOString(),
    sweepAfter,
    dueAt: sweepAfter,
    lastChange: changeOf('declare', null, {
      at: now,
      by: caller.subjectId,
      cause: 'declared',
      requestId,
      addressClass,
    }),
  };
};
