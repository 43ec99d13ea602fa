import { hash } from 'node:crypto';

/** RFC 2104, of SHA-256. */
export const hmacBlockSizeBytes = 64;

/**
 * A key made ready for HMAC-SHA256 (RFC 2104): its two padded blocks. `createHmac` builds an object and pads the key
 * again for every message, which costs more than the hashing; two one-shot hashes over prepared blocks do not.
 */
export interface HmacKey {
  readonly innerBlock: Uint8Array;
  readonly outerBlock: Uint8Array;
}

export const hmacKey = (secret: Uint8Array): HmacKey => {
  const key = secret.length > hmacBlockSizeBytes ? hash('sha256', secret, 'buffer') : secret;
  const padded = (pad: number): Uint8Array =>
    Buffer.alloc(hmacBlockSizeBytes, pad).map((byte, index) => byte ^ (key[index] ?? 0));
  return { innerBlock: padded(0x36), outerBlock: padded(0x5c) };
};

/**
 * HMAC-SHA256 of a message of one-byte characters (U+0000 to U+00FF); what SigV4 signs is ASCII. Digests pass as
 * 'binary' strings, one character a byte, because Node makes those in half the time it needs for a Buffer.
 */
export const hmacSha256 = ({ innerBlock, outerBlock }: HmacKey, message: string, encoding: 'hex' | 'binary'): string =>
  hash('sha256', joined(outerBlock, hash('sha256', joined(innerBlock, message), 'binary')), encoding);

const joined = (block: Uint8Array, text: string): Buffer => {
  const bytes = Buffer.allocUnsafe(hmacBlockSizeBytes + text.length);
  bytes.set(block);
  bytes.write(text, hmacBlockSizeBytes, 'latin1');
  return bytes;
};
