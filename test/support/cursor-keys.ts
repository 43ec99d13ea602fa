import { createHmac } from 'node:crypto';
import type { CursorKey } from '../../lambdas/domain/cursor.ts';
import type { CursorKeys } from '../../lambdas/ports.ts';

/** A key whose id is the same digit sixteen times over. */
export const aCursorKey = (digit: string): CursorKey => {
  const id = digit.repeat(16);
  const sign = (message: string) => createHmac('sha256', id).update(message).digest();
  return { id, sign, verify: (message, seal) => sign(message).equals(seal) };
};

export interface MemoryCursorKeys extends CursorKeys {
  rotate(next: CursorKey): void;
}

export const memoryCursorKeys = (first: CursorKey = aCursorKey('1')): MemoryCursorKeys => {
  let keys = [first];
  return {
    current: async () => keys[0] as CursorKey,
    find: async (keyId) => keys.find(({ id }) => id === keyId),
    rotate: (next) => {
      keys = [next, ...keys].slice(0, 2);
    },
  };
};
