import { createHash } from 'node:crypto';
import { type Checksum, type ChecksumAlgorithm, startChecksum } from './checksum.ts';

/** What is to be computed of the bytes of a body. */
export interface HashesWanted {
  readonly algorithm: ChecksumAlgorithm;
  readonly isSha256Needed: boolean;
}

export interface Hashes {
  /** In hexadecimal. */
  readonly md5: string;
  readonly checksum: Checksum;
  /** In hexadecimal, where it was asked for. */
  readonly sha256: string | undefined;
}

/** All of them in one pass. */
export interface RunningHashes {
  update(bytes: Uint8Array): void;
  /** Ends them. */
  digest(): Hashes;
}

export async function startHashes({ algorithm, isSha256Needed }: HashesWanted): Promise<RunningHashes> {
  const md5 = createHash('md5');
  const isSame = isSha256Needed && algorithm === 'SHA256';
  const sha256 = isSha256Needed ? createHash('sha256') : undefined;
  const checksum = isSame ? undefined : await startChecksum[algorithm]();
  return {
    update: (bytes) => {
      sha256?.update(bytes);
      checksum?.update(bytes);
      md5.update(bytes);
    },
    digest: () => {
      const digest = sha256?.digest();
      const value = checksum?.digest() ?? digest?.toString('base64') ?? '';
      return { md5: md5.digest('hex'), sha256: digest?.toString('hex'), checksum: { algorithm, value } };
    },
  };
}
