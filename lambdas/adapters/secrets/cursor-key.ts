import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { CursorKey } from '../../domain/cursor.ts';
import type { CursorKeyMaker } from '../../ports.ts';

/** A key shorter than the hash would be the weakest part of a seal (RFC 2104 section 3). */
const lengthMin = 32;

/** 384 bits: 64 characters, as many as the secret is generated with. */
const generatedSizeBytes = 48;

/** The value of the secret is no key. Says nothing of the value. */
export class UnusableKeyError extends Error {
  constructor(versionId: string) {
    super(`Version ${versionId} of the secret is no key for cursors: it has fewer than ${lengthMin} characters.`);
    this.name = 'UnusableKeyError';
  }
}

const keyOf = (versionId: string, value: string): CursorKey => {
  if (value.length < lengthMin) throw new UnusableKeyError(versionId);
  const sign = (message: string) => createHmac('sha256', value).update(message).digest();
  return {
    id: createHash('sha256').update(versionId).digest('hex').slice(0, 16),
    sign,
    verify: (message, seal) => {
      const expected = sign(message);
      return seal.length === expected.length && timingSafeEqual(expected, seal);
    },
  };
};

/** Keys as Secrets Manager keeps them; the id of a key is made of the id of its version. */
export const cursorKeyMaker: CursorKeyMaker = {
  generate: () => randomBytes(generatedSizeBytes).toString('base64url'),
  keyOf,
};
