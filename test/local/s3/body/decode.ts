import { startChunkDecoder } from '../../../../local/s3/body/aws-chunked.ts';
import type { BodyExpectations, ChunkExpectations } from '../../../../local/s3/body/expectations.ts';
import { Refusal } from '../../../../local/s3/refusal.ts';
import { deriveSigningKey } from '../../../../local/sigv4/signature.ts';

const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const scope = '20130524/us-east-1/s3/aws4_request';
export const signer = { seed: 'ab'.repeat(32), secretAccessKey, timestamp: '20130524T000000Z', scope };
export const claim = {
  authType: 'REST-HEADER',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  scope,
  signedAt: new Date('2013-05-24T00:00:00Z'),
  signedHeaders: ['host'],
  signature: signer.seed,
  sessionToken: undefined,
  payloadHash: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
} as const;
export const seed = { claim, signingKey: deriveSigningKey(secretAccessKey, scope), canonical: 'PUT\n/key' };
/** CRC32 of anything: the decoder only passes it on. */
export const crc32 = 'x-amz-checksum-crc32:AAAAAA==';
export const checksum = { algorithm: 'CRC32', value: 'AAAAAA==' };

export const signed: ChunkExpectations = { seed, hasTrailers: true, trailer: 'CRC32' };
export const unsigned: ChunkExpectations = { ...signed, seed: undefined };

export function decode(wire: Buffer, sizeBytes: number, chunks: ChunkExpectations) {
  const rest = { contentSha256: undefined, contentMd5: undefined, checksum: undefined, checksumAlgorithm: undefined };
  const expected: BodyExpectations = { sizeBytes, ...rest, chunks };
  const decoder = startChunkDecoder(expected, chunks);
  const decoded = decoder.push(wire);
  if (decoded instanceof Refusal) return decoded;
  const ended = decoder.end();
  return ended instanceof Refusal ? ended : { text: Buffer.concat(decoded).toString('latin1'), ...ended };
}

export const codeOf = (wire: Buffer | string, sizeBytes: number, chunks: ChunkExpectations) => {
  const outcome = decode(Buffer.from(wire), sizeBytes, chunks);
  return outcome instanceof Refusal ? outcome.code : outcome;
};
