import { limits } from '../../contract/limits.ts';
import { partRangeOf, partsCountOf } from '../../contract/parts.ts';
import type { StoredPart } from '../../contract/schemas/parts.ts';
import type { DocumentRecord, PartsUpload } from './document.ts';
import type { FieldError } from './failure.ts';

/** A document whose bytes come in parts. */
export type UploadingRecord = DocumentRecord & { readonly upload: PartsUpload };

/** Whether parts may still come. */
export const isUploading = (record: DocumentRecord): record is UploadingRecord =>
  record.state === 'pending' && record.upload !== undefined && record.upload.abortedAt === undefined;

/** So many errors are named; who has more of them has got the point. */
const errorsMax = 20;

const errorAt = (partNumber: number, detail: string): FieldError => ({ pointer: `/parts/${partNumber}`, detail });

/** How large each part must be: by the plan, or, where the client chose, as large as the first. Of the last: the rest. */
const sizesOf = ({ sizeBytes, isSizeOpen, upload }: UploadingRecord, parts: readonly StoredPart[]) => {
  const chosen = upload.partSizeBytes ?? parts[0]?.sizeBytes ?? limits.partSizeBytesMin;
  const total = isSizeOpen ? parts.reduce((sum, part) => sum + part.sizeBytes, 0) : sizeBytes;
  const count = Math.max(1, partsCountOf(total, chosen));
  return { count, sizeOf: (partNumber: number) => lengthOf(partNumber, total, chosen) };
};

const lengthOf = (partNumber: number, sizeBytes: number, partSizeBytes: number): number => {
  const { start, end } = partRangeOf(partNumber, sizeBytes, partSizeBytes);
  return end - start;
};

/**
 * What keeps these parts, which S3 holds, from being the file: those that are missing, too many, or of a wrong size.
 * S3 itself would take parts of any size and in any number, and put another file together.
 */
export const partErrors = (record: UploadingRecord, parts: readonly StoredPart[]): readonly FieldError[] => {
  const { count, sizeOf } = sizesOf(record, parts);
  const byNumber = new Map(parts.map((part) => [part.partNumber, part]));
  const errors: FieldError[] = [];
  for (let partNumber = 1; partNumber <= count && errors.length < errorsMax; partNumber += 1) {
    const part = byNumber.get(partNumber);
    if (part === undefined) errors.push(errorAt(partNumber, 'This part is missing.'));
    else if (part.sizeBytes !== sizeOf(partNumber))
      errors.push(errorAt(partNumber, `This part has ${part.sizeBytes} bytes in place of ${sizeOf(partNumber)}.`));
  }
  for (const { partNumber } of parts)
    if (partNumber > count && errors.length < errorsMax)
      errors.push(errorAt(partNumber, `The file has ${count} parts of the size of its first: this one is too many.`));
  return errors;
};

const unquoted = (etag: string): string => etag.replaceAll('"', '');

/** Where what a client says of its parts is not what S3 says; S3 has the last word, and the client is to know it. */
export const namedErrors = (
  parts: readonly StoredPart[],
  named: readonly { readonly partNumber: number; readonly etag: string }[],
): readonly FieldError[] => {
  const byNumber = new Map(named.map(({ partNumber, etag }) => [partNumber, unquoted(etag)]));
  const stored = new Set(parts.map(({ partNumber }) => partNumber));
  return [
    ...parts
      .filter(({ partNumber, etag }) => byNumber.get(partNumber) !== unquoted(etag))
      .map(({ partNumber }) => errorAt(partNumber, 'This part is not named as the storage has it.')),
    ...named
      .filter(({ partNumber }) => !stored.has(partNumber))
      .map(({ partNumber }) => errorAt(partNumber, 'This part is missing.')),
  ].slice(0, errorsMax);
};
