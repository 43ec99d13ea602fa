import { type ChecksumAlgorithm, checksumAlgorithms } from '../body/checksum.ts';
import type { RequestHeaders } from '../http/request.ts';
import { Refusal } from '../refusal.ts';

/** `x-amz-checksum-algorithm` of CreateMultipartUpload and CopyObject. */
export function parseChecksumAlgorithm(headers: RequestHeaders): ChecksumAlgorithm | Refusal | undefined {
  const named = headers.get('x-amz-checksum-algorithm')?.toUpperCase();
  if (named === undefined) return undefined;
  return (
    checksumAlgorithms.find((name) => name === named) ??
    new Refusal(
      'InvalidRequest',
      'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
    )
  );
}
