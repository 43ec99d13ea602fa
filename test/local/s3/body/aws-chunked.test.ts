import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startChunkDecoder } from '../../../../local/s3/body/aws-chunked.ts';
import type { BodyExpectations, ChunkExpectations } from '../../../../local/s3/body/expectations.ts';
import { Refusal } from '../../../../local/s3/refusal.ts';
import { deriveSigningKey } from '../../../../local/sigv4/signature.ts';
import { type ChunkedBody, encodeChunks } from '../support/aws-chunks.ts';

const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const scope = '20130524/us-east-1/s3/aws4_request';
const signer = { seed: 'ab'.repeat(32), secretAccessKey, timestamp: '20130524T000000Z', scope };
const claim = {
  authType: 'REST-HEADER',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  scope,
  signedAt: new Date('2013-05-24T00:00:00Z'),
  signedHeaders: ['host'],
  signature: signer.seed,
  sessionToken: undefined,
  payloadHash: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
} as const;
const seed = { claim, signingKey: deriveSigningKey(secretAccessKey, scope), canonical: 'PUT\n/key' };
/** CRC32 of anything: the decoder only passes it on. */
const crc32 = 'x-amz-checksum-crc32:AAAAAA==';
const checksum = { algorithm: 'CRC32', value: 'AAAAAA==' };

const signed: ChunkExpectations = { seed, hasTrailers: true, trailer: 'CRC32' };
const unsigned: ChunkExpectations = { ...signed, seed: undefined };

function decode(wire: Buffer, sizeBytes: number, chunks: ChunkExpectations) {
  const rest = { contentSha256: undefined, contentMd5: undefined, checksum: undefined, checksumAlgorithm: undefined };
  const expected: BodyExpectations = { sizeBytes, ...rest, chunks };
  const decoder = startChunkDecoder(expected, chunks);
  const decoded = decoder.push(wire);
  if (decoded instanceof Refusal) return decoded;
  const ended = decoder.end();
  return ended instanceof Refusal ? ended : { text: Buffer.concat(decoded).toString('latin1'), ...ended };
}

const codeOf = (wire: Buffer | string, sizeBytes: number, chunks: ChunkExpectations) => {
  const outcome = decode(Buffer.from(wire), sizeBytes, chunks);
  return outcome instanceof Refusal ? outcome.code : outcome;
};
const hello = { chunks: [Buffer.from('hello')], trailers: [crc32] };

describe('unsigned chunks with a trailer', () => {
  const wireOf = (body: Partial<ChunkedBody>) => encodeChunks({ ...hello, ...body });

  it('give the data and the checksum', () => {
    expect(decode(wireOf({}), 5, unsigned)).toEqual({ text: 'hello', checksum });
    expect(decode(wireOf({ chunks: [] }), 0, unsigned)).toEqual({ text: '', checksum });
  });

  it.each([
    ['fewer bytes than were told', wireOf({}), 6, 'IncompleteBody'],
    ['more bytes than were told', wireOf({}), 4, 'IncompleteBody'],
    ['no last chunk', '5\r\nhello\r\n', 5, 'IncompleteBody'],
    ['an empty chunk in the middle', '2\r\nhe\r\n0\r\n3\r\nllo\r\n0\r\n\r\n', 5, 'IncompleteBody'],
    ['bytes after the end', Buffer.concat([wireOf({}), Buffer.of(0)]), 5, 'IncompleteBody'],
    ['a signature that nobody asked for', encodeChunks({ ...hello, signer }), 5, 'IncompleteBody'],
    ['no trailer where one was announced', wireOf({ trailers: [] }), 5, 'MalformedTrailerError'],
    ['another trailer', wireOf({ trailers: ['x-amz-checksum-crc32c:AAAAAA=='] }), 5, 'MalformedTrailerError'],
    ['a trailer beside it', wireOf({ trailers: [crc32, 'a:b'] }), 5, 'MalformedTrailerError'],
    ['a trailer twice', wireOf({ trailers: [crc32, crc32] }), 5, 'MalformedTrailerError'],
    ['a signature in trailers', wireOf({ trailers: [crc32, 'x-amz-trailer-signature:a'] }), 5, 'MalformedTrailerError'],
    ['an empty line before the trailer', `5\r\nhello\r\n0\r\n\r\n${crc32}\r\n\r\n`, 5, 'MalformedTrailerError'],
    ['a trailer that is no checksum', wireOf({ trailers: ['x-amz-checksum-crc32:AAAA'] }), 5, 'InvalidRequest'],
  ])('are refused: %s', (_name, wire, sizeBytes, code) => {
    expect(codeOf(wire, sizeBytes, unsigned)).toBe(code);
  });

  it('must have 8 KiB each, all but the last', () => {
    const chunks = [8192, 8191, 1].map((sizeBytes) => Buffer.alloc(sizeBytes));
    expect(decode(wireOf({ chunks }), 16_384, unsigned)).toMatchObject({
      code: 'InvalidChunkSizeError',
      status: 403,
      elements: { Chunk: 3, BadChunkSize: 8191 },
    });
    expect(decode(wireOf({ chunks: chunks.slice(0, 2) }), 16_383, unsigned)).toMatchObject({ checksum });
  });
});

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
    [
      'with a trailer behind the signature',
      Buffer.concat([wire.subarray(0, -2), Buffer.from(`${crc32}\r\n\r\n`)]),
      'MalformedTrailerError',
    ],
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
