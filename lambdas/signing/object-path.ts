import { encodeKey } from './encode.ts';
import type { S3Endpoint } from './endpoint.ts';

/** S3 user guide, "Naming Amazon S3 objects". */
export const keySizeBytesMax = 1024;

/**
 * The path of an object at its endpoint. Throws RangeError for a key that no object can have: not 1 to 1,024 bytes of
 * UTF-8, or with a lone surrogate.
 */
export const objectPath = (endpoint: S3Endpoint, key: string): string => {
  assertKey(key);
  return `${endpoint.basePath}/${encodeKey(key)}`;
};

export const assertKey = (key: string): void => {
  const sizeBytes = Buffer.byteLength(key);
  if (sizeBytes === 0 || sizeBytes > keySizeBytesMax) {
    throw new RangeError(`An object key has 1 to ${keySizeBytesMax} bytes of UTF-8, not ${sizeBytes}.`);
  }
  if (!key.isWellFormed()) throw new RangeError('An object key cannot hold a lone surrogate: it has no UTF-8 form.');
};
