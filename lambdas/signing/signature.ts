import { hash } from 'node:crypto';
import { hmacBlockSizeBytes } from './hmac.ts';
import type { SigningKey } from './signing-key.ts';

const hashSizeBytes = 32;

/** The signature, in hexadecimal, of a canonical request whose SHA-256 in hexadecimal this is. */
export type SignHash = (canonicalRequestHash: string) => string;

/**
 * Signs canonical requests of a time written as `20130524T000000Z`. Of what HMAC hashes only the request's own hash is
 * new each time, so the rest stands ready in two buffers: what runs between them never waits, so one pair is enough.
 */
export const signatureAt = (key: SigningKey, timestamp: string): SignHash => {
  const { innerBlock, outerBlock } = key.hmac;
  const start = Buffer.from(stringToSignStart(key, timestamp));
  const inner = Buffer.concat([innerBlock, start, Buffer.alloc(2 * hashSizeBytes)]);
  const outer = Buffer.concat([outerBlock, Buffer.alloc(hashSizeBytes)]);
  const hashStart = hmacBlockSizeBytes + start.length;
  return (canonicalRequestHash) => {
    inner.write(canonicalRequestHash, hashStart, 'latin1');
    // As 'binary' text: Node makes that in half the time it needs for a Buffer.
    outer.write(hash('sha256', inner, 'binary'), hmacBlockSizeBytes, 'latin1');
    return hash('sha256', outer, 'hex');
  };
};

/** What is signed, up to the request's own hash. */
export const stringToSignStart = (key: SigningKey, timestamp: string): string =>
  `AWS4-HMAC-SHA256\n${timestamp}\n${key.scope}\n`;
