import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExpectations } from '../../../../local/s3/body/expectations.ts';
import { Refusal } from '../../../../local/s3/refusal.ts';
import { encodeChunks } from '../support/aws-chunks.ts';
import { checksum, claim, codeOf, crc32, decode, seed, signed, signer } from './decode.ts';

describe('signed chunks', () => {
  const chunks = [Buffer.alloc(8192, 'a'), Buffer.from('bc')];
  const wire = encodeChunks({ chunks, trailers: [crc32], signer });

  it('give the data and the checksum', () => {
    expect(decode(wire, 8194, signed)).toEqual({ text: `${'a'.repeat(8192)}bc`, checksum });
    const plain = encodeChunks({ chunks, signer });
    expect(decode(plain, 8194, { seed, hasTrailers: false, trailer: undefined })).toMatchObject({
      checksum: undefined,
    });
  });

  it('are never taken for unsigned ones: without a proven request there is nothing to chain from', () => {
    const headers = new Map([['x-amz-decoded-content-length', '8194']]);
    expect(() => parseExpectations(headers, { claim }, 10_000)).toThrow('Signed chunks');
    expect(parseExpectations(headers, { claim, chunkSeed: seed }, 10_000)).toMatchObject({ chunks: { seed } });
  });

  it('show what S3 signed where they do not match, as S3 does', () => {
    const mutated = Buffer.from(wire);
    mutated.write('b', 200);
    expect(decode(mutated, 8194, signed)).toMatchObject({
      code: 'SignatureDoesNotMatch',
      elements: {
        AWSAccessKeyId: claim.accessKeyId,
        StringToSign: expect.stringMatching(/^AWS4-HMAC-SHA256-PAYLOAD\n20130524T000000Z\n/),
        CanonicalRequest: 'PUT\n/key',
      },
    });
  });

  const signatureLine = /x-amz-trailer-signature:\w+\r\n/.exec(wire.toString('latin1'))?.[0] ?? '';
  const withTrailerLast = Buffer.from(
    wire.toString('latin1').replace(`${crc32}\r\n${signatureLine}`, `${signatureLine}${crc32}\r\n`),
    'latin1',
  );

  it.each([
    ['without signatures', encodeChunks({ chunks, trailers: [crc32] }), 'IncompleteBody'],
    [
      'in another order',
      encodeChunks({ chunks: chunks.toReversed(), trailers: [crc32], signer }),
      'InvalidChunkSizeError',
    ],
    [
      'of another request',
      encodeChunks({ chunks, trailers: [crc32], signer: { ...signer, seed: '0' } }),
      'SignatureDoesNotMatch',
    ],
    ['with a trailer that is not signed', wire.subarray(0, wire.indexOf('x-amz-trailer-signature')), 'IncompleteBody'],
    [
      'with another trailer',
      Buffer.from(wire.toString('latin1').replace('AAAAAA==', 'BAAAAA=='), 'latin1'),
      'SignatureDoesNotMatch',
    ],
    ['with a trailer behind the signature', withTrailerLast, 'MalformedTrailerError'],
  ])('are refused: %s', (_name, body, code) => {
    expect(codeOf(body, 8194, signed)).toBe(code);
  });

  it('never pass with a byte changed, added or lost, except as the same data', () => {
    const small = encodeChunks({ chunks: [Buffer.from('hello world')], trailers: [crc32], signer });
    const mutation = fc.record({
      at: fc.nat(small.length - 1),
      removed: fc.nat(3),
      added: fc.uint8Array({ maxLength: 3 }),
    });
    fc.assert(
      fc.property(mutation, ({ at, removed, added }) => {
        const mutated = Buffer.concat([small.subarray(0, at), added, small.subarray(at + removed)]);
        const outcome = decode(mutated, 11, signed);
        if (!(outcome instanceof Refusal)) expect(outcome).toEqual({ text: 'hello world', checksum });
      }),
      { numRuns: 2000 },
    );
  });
});
