import { partRangeOf } from '../../contract/parts.ts';
import type { Document } from '../../contract/schemas/document.ts';
import type { CallResult, Tagged } from '../call.ts';

export type PartList = CallResult<'listParts'>;
export type PartsPlan = Pick<PartList, 'partSizeBytes' | 'partsCount' | 'checksumAlgorithm'>;

/** What is known of an upload in parts; it stays while that is paused. */
export interface PartsUpload {
  readonly documentId: string;
  readonly sizeBytes: number;
  seen: Tagged<Document>;
  plan: PartsPlan;
  /** The checksums of the parts that were read, by their numbers. A file has no others. */
  readonly checksums: Map<number, string>;
  /** Parts that S3 holds as they are in the file. */
  readonly stored: Set<number>;
  /** What S3 says it holds. It is stored once the bytes of the file were found to be the same. */
  readonly listed: Map<number, PartList['parts'][number]>;
  /** Parts that were given to a connection whose answer did not arrive, of this page or one before: S3 may hold them. */
  readonly inDoubt: Set<number>;
  /** Its completion was asked for, so it may be complete although no answer said so. */
  maybeComplete: boolean;
}

export const beginParts = (seen: Tagged<Document>, plan: PartsPlan): PartsUpload => ({
  documentId: seen.value.id,
  sizeBytes: seen.value.sizeBytes,
  seen,
  plan,
  checksums: new Map(),
  stored: new Set(),
  listed: new Map(),
  inDoubt: new Set(),
  maybeComplete: false,
});

/** One that another page began. What that was sending when it ended may reach S3 yet, so all that is missing is in doubt. */
export function goOnWithParts(seen: Tagged<Document>, plan: PartList): PartsUpload {
  const upload = beginParts(seen, plan);
  list(upload, plan.parts);
  for (const partNumber of missingParts(upload)) if (!upload.listed.has(partNumber)) upload.inDoubt.add(partNumber);
  return upload;
}

export const rangeOf = ({ sizeBytes, plan }: PartsUpload, partNumber: number) =>
  partRangeOf(partNumber, sizeBytes, plan.partSizeBytes);

export const sizeOfPart = (upload: PartsUpload, partNumber: number): number => {
  const { start, end } = rangeOf(upload, partNumber);
  return end - start;
};

export const missingParts = ({ plan, stored }: PartsUpload): readonly number[] =>
  Array.from({ length: plan.partsCount }, (_, index) => index + 1).filter((partNumber) => !stored.has(partNumber));

/** Whether S3 holds exactly these bytes as that part. */
export function isHeld(upload: PartsUpload, partNumber: number, checksum: string | undefined): boolean {
  const listed = upload.listed.get(partNumber);
  if (checksum === undefined) return false;
  return listed?.sizeBytes === sizeOfPart(upload, partNumber) && listed.checksum === checksum;
}

/** Takes over what S3 says it holds. */
export function list({ listed }: PartsUpload, parts: PartList['parts']): void {
  for (const part of parts) listed.set(part.partNumber, part);
}
