import { invalidArgument, Refusal } from '../../refusal.ts';
import type { Part } from '../../store/parts.ts';
import type { Upload } from '../../store/uploads.ts';
import type { NamedPart } from './complete-document.ts';

/** "Amazon S3 multipart upload limits": 5 MiB, but for the last part. */
const sizeBytesMin = 5 * 1024 ** 2;

/** The parts an object is to be made of, in S3's order of checks: numbers, order, existence, size. */
export function chooseParts(
  upload: Upload,
  named: readonly NamedPart[],
  uploaded: readonly Part[],
): readonly Part[] | Refusal {
  if (named.some(({ number }) => number < 1)) return invalidArgument('PartNumber must be >= 1', 'PartNumber', '0');
  const disordered = named.some(({ number }, index) => number <= (named[index - 1]?.number ?? 0));
  if (disordered) return new Refusal('InvalidPartOrder', undefined, { UploadId: upload.id });
  const byNumber = new Map(uploaded.map((part) => [part.number, part]));
  const chosen: Part[] = [];
  for (const { number, etag, checksums } of named) {
    const missing = checkNamed(upload, number, checksums);
    if (missing) return missing;
    const part = byNumber.get(number);
    const isSame = checksums.every(
      ({ algorithm, value }) => algorithm === upload.checksum.algorithm && value === part?.checksum,
    );
    if (part === undefined || part.md5 !== etag.toLowerCase() || !isSame) {
      return new Refusal('InvalidPart', undefined, { UploadId: upload.id, PartNumber: number, ETag: etag });
    }
    chosen.push(part);
  }
  const small = chosen.slice(0, -1).find(({ sizeBytes }) => sizeBytes < sizeBytesMin);
  if (small === undefined) return chosen;
  return new Refusal('EntityTooSmall', undefined, {
    ProposedSize: small.sizeBytes,
    MinSizeAllowed: sizeBytesMin,
    PartNumber: small.number,
    ETag: small.md5,
  });
}

/** Who chose a checksum over checksums must show that they are the ones that were sent. */
function checkNamed({ checksum }: Upload, number: number, checksums: NamedPart['checksums']): Refusal | undefined {
  if (checksum.type === 'FULL_OBJECT' || checksums.length > 0) return undefined;
  const algorithm = checksum.algorithm.toLowerCase();
  const message = `The upload was created using a ${algorithm} checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`;
  return new Refusal('InvalidRequest', message);
}
