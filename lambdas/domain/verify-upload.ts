import type { Checksum } from '../../contract/schemas/fields.ts';
import type { RejectionReason } from '../../contract/states.ts';
import type { DocumentRecord } from './document.ts';

/** What S3 says of a stored version: its size, the one checksum it keeps, and what it was said to be encoded with. */
export interface StoredFacts {
  readonly sizeBytes: number;
  /** Undefined where S3 keeps none, or one that nobody here declares. */
  readonly checksum: Omit<Checksum, 'partSizeBytes'> | undefined;
  readonly contentEncoding: string | undefined;
}

type Declared = Pick<DocumentRecord, 'sizeBytes' | 'isSizeOpen' | 'sha256' | 'upload'>;

const base64Of = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');

/**
 * The checksum that was declared: of the whole file before it was sent, of all parts together before they were made one
 * object. Undefined where nobody declared any.
 */
const declaredChecksum = ({ sha256, upload }: Declared): StoredFacts['checksum'] => {
  if (sha256 !== undefined) return { algorithm: 'SHA256', type: 'FULL_OBJECT', value: base64Of(sha256) };
  if (upload?.checksum === undefined) return undefined;
  const { checksumAlgorithm: algorithm, checksum: value } = upload;
  return { algorithm, type: algorithm === 'SHA256' ? 'COMPOSITE' : 'FULL_OBJECT', value };
};

const agree = (declared: StoredFacts['checksum'], stored: StoredFacts['checksum']): boolean =>
  declared === undefined ||
  (stored !== undefined &&
    stored.algorithm === declared.algorithm &&
    stored.type === declared.type &&
    stored.value === declared.value);

/**
 * Compares what is stored with what was declared; undefined where all is as declared. S3 refused other bytes already
 * when it checked the signed headers: this holds even where that guard is off.
 *
 * `content-encoding` is not signed, and nothing may be declared with one: a browser would decode what was verified
 * into bytes that were not.
 */
export const rejectionByFacts = (declared: Declared, stored: StoredFacts): RejectionReason | undefined => {
  const fits = declared.isSizeOpen
    ? stored.sizeBytes > 0 && stored.sizeBytes <= declared.sizeBytes
    : stored.sizeBytes === declared.sizeBytes;
  if (!fits) return 'size-mismatch';
  if (!agree(declaredChecksum(declared), stored.checksum)) return 'hash-mismatch';
  if (stored.contentEncoding !== undefined) return 'content-encoded';
  return undefined;
};

/** What a record says of the bytes once they are pinned: what S3 says of them. */
export const pinnedFacts = (
  { upload, isSizeOpen }: Declared,
  { sizeBytes, checksum }: StoredFacts,
): Pick<DocumentRecord, 'checksum'> & Partial<Pick<DocumentRecord, 'sizeBytes'>> => {
  const partSizeBytes = checksum?.type === 'COMPOSITE' ? upload?.partSizeBytes : undefined;
  return {
    ...(checksum !== undefined && { checksum: { ...checksum, ...(partSizeBytes !== undefined && { partSizeBytes }) } }),
    ...(isSizeOpen && { sizeBytes }),
  };
};

/** Compares the type of the first bytes, undefined where they are of none we know, with the declared one. */
export const rejectionByContent = (
  declared: Pick<DocumentRecord, 'mediaType'>,
  mediaType: string | undefined,
): RejectionReason | undefined => (mediaType === declared.mediaType ? undefined : 'media-type-mismatch');
