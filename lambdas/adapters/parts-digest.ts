import { createHash } from 'node:crypto';
import type { PartsDigest } from '../ports.ts';

export const partsDigest: PartsDigest = (parts) => {
  const hash = createHash('sha256');
  for (const { checksum } of parts) {
    if (checksum === undefined) return undefined;
    hash.update(checksum, 'base64');
  }
  return hash.digest('base64');
};
