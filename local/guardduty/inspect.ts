import type { ScanVerdict } from '../../contract/states.ts';
import { createMatcher, eicar } from './eicar.ts';
import { createProtectionDetector } from './password.ts';

/** What is said of one version of an object. */
export interface Finding {
  readonly status: ScanVerdict;
  /** Names of what was found; empty unless `THREATS_FOUND`. */
  readonly threats: readonly string[];
}

/** "Maximum S3 object size" of "Quotas in Malware Protection for S3", user guide: 100 GB. */
export const objectSizeBytesMax = 100 * 1000 ** 3;

export const without = (status: Exclude<ScanVerdict, 'THREATS_FOUND'>): Finding => ({ status, threats: [] });

/** Reads the bytes as they come and keeps none of them. Of malware it knows the EICAR test file only. */
export const inspect = async (bytes: AsyncIterable<Uint8Array>, sizeBytes: number): Promise<Finding> => {
  const matcher = createMatcher(eicar);
  const protection = createProtectionDetector();
  for await (const chunk of bytes) {
    if (sizeBytes > objectSizeBytesMax) return without('UNSUPPORTED');
    matcher.update(chunk);
    if (matcher.found) return { status: 'THREATS_FOUND', threats: ['EICAR-Test-File'] };
    protection.update(chunk);
  }
  return without(protection.isProtected() ? 'UNSUPPORTED' : 'NO_THREATS_FOUND');
};
