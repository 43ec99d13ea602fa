import { randomFillSync } from 'node:crypto';

const pool = Buffer.alloc(4096);
let usedBytes = pool.length;

/** As `randomBytes` of `node:crypto`, for up to 4,096: the system is asked once for many, as each request needs some. */
export function randomBytes(sizeBytes: number): Buffer {
  if (usedBytes + sizeBytes > pool.length) {
    randomFillSync(pool);
    usedBytes = 0;
  }
  const bytes = Buffer.copyBytesFrom(pool, usedBytes, sizeBytes);
  usedBytes += sizeBytes;
  return bytes;
}
