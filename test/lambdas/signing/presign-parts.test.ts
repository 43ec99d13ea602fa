import { describe, expect, it } from 'vitest';
import { s3Endpoint } from '../../../lambdas/signing/endpoint.ts';
import { type PresignPartsRequest, presignParts } from '../../../lambdas/signing/presign-parts.ts';

const region = 'eu-central-1';
const request: PresignPartsRequest = {
  endpoint: s3Endpoint({ bucket: 'examplebucket', region }),
  key: 'documents/t1/0a/d1',
  uploadId: 'VXBsb2Fk+/.',
  parts: [],
  checksumHeader: 'x-amz-checksum-sha256',
  region,
  credentials: {
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    sessionToken: 't'.repeat(1024),
  },
  expiresInSeconds: 300,
  now: new Date('2026-11-21T10:20:30.999Z'),
};
const sha256 = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
const sign = (changes: Partial<PresignPartsRequest>) => presignParts({ ...request, ...changes });

describe('presignParts', () => {
  it('answers for 10,000 parts with less than 0.8 MB, whatever is signed of them', () => {
    const parts = Array.from({ length: 10_000 }, (_, index) => ({
      partNumber: index + 1,
      sizeBytes: 8_388_608,
      checksum: sha256,
    }));
    const answer = sign({ parts });
    expect(JSON.stringify(answer).length).toBeLessThan(800_000);
    expect(new Set(answer.signatures).size).toBe(10_000);
  });

  it('names lengths and checksums as headers where they are given, and no others', () => {
    const headersOf = (parts: PresignPartsRequest['parts']) =>
      new URL(sign({ parts }).urlTemplate).searchParams.get('X-Amz-SignedHeaders');
    expect(headersOf([])).toBe('host');
    expect(headersOf([{ partNumber: 1 }])).toBe('host');
    expect(headersOf([{ partNumber: 1, sizeBytes: 0 }])).toBe('content-length;host');
    expect(headersOf([{ partNumber: 1, sizeBytes: 0, checksum: sha256 }])).toBe(
      'content-length;host;x-amz-checksum-sha256',
    );
  });

  it.each([0, -1, 1.5, 10_001, Number.NaN])('throws for a part numbered %d', (partNumber) => {
    expect(() => sign({ parts: [{ partNumber: 1 }, { partNumber }] })).toThrow('has a number of 1 to 10000');
  });

  it.each([-1, 0.5, 5 * 2 ** 30 + 1, Number.NaN])('throws for a part of %d bytes', (sizeBytes) => {
    expect(() => sign({ parts: [{ partNumber: 1, sizeBytes }] })).toThrow('has 0 to 5368709120 bytes');
  });

  it.each(['', 'a', `${sha256}\n`, sha256.slice(4), 'rosUhgp5nVg=', `${sha256}\nx-amz-acl:public-read`])(
    'throws for the SHA-256 %j',
    (checksum) => {
      expect(() => sign({ parts: [{ partNumber: 1, checksum }] })).toThrow('no digest of its algorithm in Base64');
    },
  );

  it('throws for a SHA-256 where CRC64NVME is to be signed', () => {
    const parts = [{ partNumber: 1, checksum: sha256 }];
    expect(() => sign({ parts, checksumHeader: 'x-amz-checksum-crc64nvme' })).toThrow('no digest of its algorithm');
  });

  it.each<[string, PresignPartsRequest['parts'][number]]>([
    ['more', { partNumber: 2, sizeBytes: 1, checksum: sha256 }],
    ['less', { partNumber: 2 }],
    ['another thing', { partNumber: 2, checksum: sha256 }],
  ])('throws where a part says %s of itself than the first', (_, part) => {
    expect(() => sign({ parts: [{ partNumber: 1, sizeBytes: 1 }, part] })).toThrow('Part 2 says more or less');
  });

  it('throws for a key, a lifetime and an id of an upload that can be none', () => {
    expect(() => sign({ key: '' })).toThrow('An object key has 1 to 1024 bytes');
    expect(() => sign({ expiresInSeconds: 0 })).toThrow('lives 1 to 604800 whole seconds');
    expect(() => sign({ uploadId: '\ud800' })).toThrow(URIError);
  });
});
