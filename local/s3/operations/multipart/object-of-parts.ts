import { createHash } from 'node:crypto';
import {
  type Checksum,
  checksumAlgorithms,
  checksumHeader,
  checksumTypeOf,
  startChecksum,
} from '../../body/checksum.ts';
import { combineCrcs } from '../../body/crc-combine.ts';
import type { RequestHeaders } from '../../http/request.ts';
import { Refusal } from '../../refusal.ts';
import type { Part } from '../../store/parts.ts';
import type { UploadChecksum } from '../../store/uploads.ts';

export const sizeOf = (parts: readonly Part[]): number => parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

/** The MD5 of the MD5s of the parts and their number: the ETag without its quotes. */
export const etagOfParts = (parts: readonly Part[]): string => {
  const hash = createHash('md5');
  for (const { md5 } of parts) hash.update(md5, 'hex');
  return `${hash.digest('hex')}-${parts.length}`;
};

/** "Full object checksums" and "Composite checksums" of the user guide; to be used once. */
export async function startChecksumOfParts({
  algorithm,
  type,
}: UploadChecksum): Promise<(parts: readonly Part[]) => Checksum> {
  if (type === 'FULL_OBJECT') {
    return (parts) => {
      const sized = parts.map(({ sizeBytes, checksum }) => ({ sizeBytes, value: checksum }));
      return { algorithm, value: combineCrcs(algorithm, sized) };
    };
  }
  const running = await startChecksum[algorithm]();
  return (parts) => {
    for (const { checksum } of parts) running.update(Buffer.from(checksum, 'base64'));
    return { algorithm, value: `${running.digest()}-${parts.length}` };
  };
}

/** `x-amz-mp-object-size`, `x-amz-checksum-type` and `x-amz-checksum-*`: what the completer says the object is. */
export function checkClaims(headers: RequestHeaders, parts: readonly Part[], checksum: Checksum): Refusal | undefined {
  const declaredSize = headers.get('x-amz-mp-object-size');
  const sizeBytes = sizeOf(parts);
  if (declaredSize !== undefined && declaredSize !== String(sizeBytes)) {
    const message = `The provided 'x-amz-mp-object-size' header value ${declaredSize} does not match what was computed: ${sizeBytes}`;
    return new Refusal('InvalidRequest', message);
  }
  const type = checksumTypeOf(checksum);
  const declaredType = headers.get('x-amz-checksum-type')?.toUpperCase();
  if (declaredType !== undefined && declaredType !== type) {
    const message = `The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`;
    return new Refusal('InvalidRequest', message);
  }
  const declared = checksumAlgorithms.filter((algorithm) => headers.has(checksumHeader(algorithm)));
  if (declared.length > 1) {
    const message = 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.';
    return new Refusal('InvalidRequest', message);
  }
  const [algorithm] = declared;
  if (algorithm === undefined) return undefined;
  if (algorithm !== checksum.algorithm) {
    const message = `Checksum Type mismatch occurred, expected checksum Type: ${checksum.algorithm.toLowerCase()}, actual checksum Type: ${algorithm.toLowerCase()}`;
    return new Refusal('InvalidRequest', message);
  }
  if (headers.get(checksumHeader(algorithm)) === checksum.value) return undefined;
  return new Refusal('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
}
