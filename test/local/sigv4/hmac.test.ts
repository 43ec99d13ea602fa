import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { hmacSha256 } from '../../../local/sigv4/hmac.ts';

const lengths = Array.from({ length: 140 }, (_, length) => length);

it('is what OpenSSL makes of keys up to a block, of one and over it', () => {
  for (const length of lengths) {
    const key = Buffer.from(lengths.slice(0, length).map((byte) => (byte * 7 + length) % 256));
    expect(hmacSha256(key, 'ä text')).toEqual(createHmac('sha256', key).update('ä text').digest());
  }
});

it('takes texts as UTF-8, and none', () => {
  for (const text of ['', 'é'.repeat(100)]) {
    expect(hmacSha256(`AWS4é${text}`, text)).toEqual(createHmac('sha256', `AWS4é${text}`).update(text).digest());
  }
});
