import { createHash } from 'node:crypto';
import { type ChecksumAlgorithm, startChecksum } from './checksum.ts';
import { startMd5 } from './md5.ts';
import type { ReceivedBody } from './receive.ts';

/** All that is computed of the bytes of a body, each in one pass. */
export interface Digests extends Disposable {
  /** The chunk may be held: nobody may change it afterwards. Resolves when the next may come. */
  update(chunk: Uint8Array): Promise<void>;
  /** `sha256` in hexadecimal, where it was asked for. Ends them. */
  digest(): Promise<ReceivedBody & { readonly sha256: string | undefined }>;
}

export async function startDigests(algorithm: ChecksumAlgorithm, isSha256Needed = false): Promise<Digests> {
  const md5 = startMd5();
  const isSame = isSha256Needed && algorithm === 'SHA256';
  const sha256 = isSha256Needed ? createHash('sha256') : undefined;
  const checksum = isSame ? undefined : await startChecksum[algorithm]();
  return {
    update: async (chunk) => {
      sha256?.update(chunk);
      checksum?.update(chunk);
      await md5.update(chunk);
    },
    digest: async () => {
      const digest = sha256?.digest();
      const value = checksum?.digest() ?? digest?.toString('base64') ?? '';
      return { md5: await md5.digest(), sha256: digest?.toString('hex'), checksum: { algorithm, value } };
    },
    [Symbol.dispose]: () => md5[Symbol.dispose](),
  };
}
