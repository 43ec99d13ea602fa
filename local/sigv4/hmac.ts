import { hash } from 'node:crypto';

const blockSizeBytes = 64;

/**
 * HMAC-SHA-256 (RFC 2104) as two one-shot hashes. The objects that `createHmac` makes cost three times as much as the
 * hashing of a text as short as those that are signed (bench `local-s3`). A text is taken as UTF-8.
 */
export function hmacSha256(key: string | Buffer, text: string): Buffer {
  const bytes = Buffer.from(key);
  const short = bytes.length > blockSizeBytes ? hash('sha256', bytes, 'buffer') : bytes;
  const inner = hash('sha256', Buffer.concat([padded(short, 0x36), Buffer.from(text)]), 'buffer');
  return hash('sha256', Buffer.concat([padded(short, 0x5c), inner]), 'buffer');
}

function padded(key: Buffer, pad: number): Buffer {
  const block = Buffer.alloc(blockSizeBytes, pad);
  for (const [index, byte] of key.entries()) block[index] = byte ^ pad;
  return block;
}
