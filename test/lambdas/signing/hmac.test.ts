import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hmacKey, hmacSha256 } from '../../../lambdas/signing/hmac.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

/** RFC 4231, section 4. Case 5 is left out: it asks for a truncated output. */
const vectors = [
  {
    name: 'case 1: a short key',
    key: bytes('0b'.repeat(20)),
    data: Buffer.from('Hi There'),
    hmac: 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  },
  {
    name: 'case 2: a key shorter than the output',
    key: Buffer.from('Jefe'),
    data: Buffer.from('what do ya want for nothing?'),
    hmac: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  },
  {
    name: 'case 3: bytes above 127',
    key: bytes('aa'.repeat(20)),
    data: bytes('dd'.repeat(50)),
    hmac: '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
  },
  {
    name: 'case 4: another key',
    key: bytes('0102030405060708090a0b0c0d0e0f10111213141516171819'),
    data: bytes('cd'.repeat(50)),
    hmac: '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
  },
  {
    name: 'case 6: a key longer than a block',
    key: bytes('aa'.repeat(131)),
    data: Buffer.from('Test Using Larger Than Block-Size Key - Hash Key First'),
    hmac: '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  },
  {
    name: 'case 7: key and data longer than a block',
    key: bytes('aa'.repeat(131)),
    data: Buffer.from(
      'This is a test using a larger than block-size key and a larger than block-size data. ' +
        'The key needs to be hashed before being used by the HMAC algorithm.',
    ),
    hmac: '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
  },
];

describe('hmacSha256', () => {
  it.each(vectors)('answers RFC 4231 $name', ({ key, data, hmac }) => {
    expect(hmacSha256(hmacKey(key), data.toString('latin1'), 'hex')).toBe(hmac);
  });

  it('agrees with createHmac for any key and message, in both encodings', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 300 }), (secret, message) => {
        const key = hmacKey(secret);
        const text = Buffer.from(message).toString('latin1');
        const expected = createHmac('sha256', secret).update(message).digest();
        expect(hmacSha256(key, text, 'hex')).toBe(expected.toString('hex'));
        expect(hmacSha256(key, text, 'binary')).toBe(expected.toString('latin1'));
      }),
      { numRuns: 2000 },
    );
  });

  it('answers the same for a key used before', () => {
    const key = hmacKey(Buffer.from('Jefe'));
    const first = hmacSha256(key, 'a', 'hex');
    hmacSha256(key, 'something longer', 'hex');
    expect(hmacSha256(key, 'a', 'hex')).toBe(first);
  });
});
