import { createHash, randomBytes } from 'node:crypto';
import type { Clock, Digest, DocumentIds } from '../ports.ts';

export const systemClock: Clock = { now: () => new Date() };

/** 128 bits of SHA-256. */
export const shortDigest: Digest = (text) => createHash('sha256').update(text).digest('base64url').slice(0, 22);

/**
 * RFC 9562 section 5.7: 48 bits of time in milliseconds, 74 random bits. Made here and not by `crypto.randomUUIDv7`,
 * which came with Node 24.16: which 24 a function runs on is Lambda's decision, and the time is the caller's.
 */
export const uuidV7: DocumentIds = {
  next: (at) => {
    const time = at.getTime().toString(16).padStart(12, '0');
    const random = randomBytes(10);
    random.writeUInt8((random.readUInt8(0) & 0x0f) | 0x70, 0);
    random.writeUInt8((random.readUInt8(2) & 0x3f) | 0x80, 2);
    return `${time}${random.toString('hex')}`.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  },
};
