import { type ChecksumAlgorithm, type ChecksumType, checksumAlgorithmDefault } from '../../body/checksum.ts';
import { isLinear } from '../../body/crc-combine.ts';
import type { RequestHeaders } from '../../http/request.ts';
import { Refusal } from '../../refusal.ts';
import type { UploadChecksum } from '../../store/uploads.ts';
import { parseChecksumAlgorithm } from '../checksum-algorithm.ts';

/** "Checking object integrity", table of algorithms: which type each can have in a multipart upload. */
const canBe = (algorithm: ChecksumAlgorithm, type: ChecksumType): boolean =>
  type === 'FULL_OBJECT' ? isLinear(algorithm) : algorithm !== 'CRC64NVME';

/** `x-amz-checksum-algorithm` and `x-amz-checksum-type` of CreateMultipartUpload. */
export function parseUploadChecksum(headers: RequestHeaders): UploadChecksum | Refusal {
  const named = parseChecksumAlgorithm(headers);
  if (named instanceof Refusal) return named;
  const algorithm = named ?? checksumAlgorithmDefault;
  const asked = headers.get('x-amz-checksum-type')?.toUpperCase();
  if (asked !== undefined && named === undefined) {
    return new Refusal(
      'InvalidRequest',
      'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
    );
  }
  if (asked !== undefined && asked !== 'COMPOSITE' && asked !== 'FULL_OBJECT') {
    return new Refusal('InvalidRequest', 'Value for x-amz-checksum-type header is invalid.');
  }
  const type = asked ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE');
  if (canBe(algorithm, type)) return { algorithm, type, isDefault: named === undefined };
  const message = `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`;
  return new Refusal('InvalidRequest', message);
}

/** A part must bring the checksum of its upload; only one of a full object may leave it to S3 to compute. */
export function checkPartAlgorithm(
  { algorithm, type, isDefault }: UploadChecksum,
  actual: ChecksumAlgorithm | undefined,
): Refusal | undefined {
  if (actual === algorithm || (actual === undefined && type === 'FULL_OBJECT')) return undefined;
  const expected = isDefault ? 'null' : algorithm.toLowerCase();
  const message = `Checksum Type mismatch occurred, expected checksum Type: ${expected}, actual checksum Type: ${actual?.toLowerCase() ?? 'null'}`;
  return new Refusal('InvalidRequest', message);
}
