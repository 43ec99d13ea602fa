import { createHash } from 'node:crypto';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checksumAlgorithms, startChecksum } from '../../../local/s3/body/checksum.ts';
import { combineCrcs } from '../../../local/s3/body/crc-combine.ts';
import { bucketName as Bucket, startTestS3, type TestS3 } from './support/server.ts';

/** Check values of the catalogue of CRCs and of FIPS 180-4, in hexadecimal, over the text `123456789`. */
const golden = {
  CRC32: 'cbf43926',
  CRC32C: 'e3069283',
  CRC64NVME: 'ae8b14860a799888',
  SHA1: 'f7c3bc1d808e04732adf679965ccc34ca7ae3441',
  SHA256: '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225',
} as const;
const Body = '123456789';
const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');

async function checksumOf(algorithm: keyof typeof golden, ...chunks: readonly Uint8Array[]): Promise<string> {
  const running = await startChecksum[algorithm]();
  for (const chunk of chunks) running.update(chunk);
  return running.digest();
}

describe('a checksum', () => {
  it.each(checksumAlgorithms)('%s is what the standard says, however its bytes come', async (algorithm) => {
    expect(await checksumOf(algorithm, Buffer.from(Body))).toBe(base64(golden[algorithm]));
    const bytes = [...Buffer.from(Body)].map((byte) => Uint8Array.of(byte));
    expect(await checksumOf(algorithm, ...bytes)).toBe(base64(golden[algorithm]));
  });

  it.each(['CRC32C', 'CRC64NVME'] as const)('%s of one body does not disturb that of another', async (algorithm) => {
    const [first, second] = await Promise.all([startChecksum[algorithm](), startChecksum[algorithm]()]);
    first.update(Buffer.from('1234'));
    second.update(Buffer.from('other'));
    first.update(Buffer.from('56789'));
    expect(first.digest()).toBe(base64(golden[algorithm]));
    expect(second.digest()).toBe(await checksumOf(algorithm, Buffer.from('other')));
  });

  it.each(['CRC32', 'CRC32C', 'CRC64NVME'] as const)('%s of parts joined follows from theirs', async (algorithm) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 5 }), async (chunks) => {
        const parts = await Promise.all(
          chunks.map(async (chunk) => ({ sizeBytes: chunk.length, value: await checksumOf(algorithm, chunk) })),
        );
        expect(combineCrcs(algorithm, parts)).toBe(await checksumOf(algorithm, ...chunks));
      }),
    );
  });
});

describe('PutObject', () => {
  let s3: TestS3;
  beforeAll(async () => {
    s3 = await startTestS3();
  });
  afterAll(() => s3[Symbol.asyncDispose]());
  const put = (input: Partial<PutObjectCommandInput>) =>
    s3.client.send(new PutObjectCommand({ Bucket, Key: 'k', Body, ...input }));

  it.each(checksumAlgorithms)('verifies, keeps and reports %s', async (algorithm) => {
    const field = `Checksum${algorithm}` as const;
    const expected = { [field]: base64(golden[algorithm]), ChecksumType: 'FULL_OBJECT' };
    expect(await put({ [field]: expected[field] })).toMatchObject(expected);
    const asked = { Bucket, Key: 'k', ChecksumMode: 'ENABLED' } as const;
    expect(await s3.client.send(new HeadObjectCommand(asked))).toMatchObject(expected);
    expect(await s3.client.send(new GetObjectCommand(asked))).toMatchObject(expected);
    expect((await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'k' })))[field]).toBeUndefined();
  });

  it.each(checksumAlgorithms)('refuses a %s that is wrong or malformed', async (algorithm) => {
    const field = `Checksum${algorithm}` as const;
    const wrong = put({ [field]: await checksumOf(algorithm, Buffer.from('other')) });
    await expect(wrong).rejects.toMatchObject({
      name: 'BadDigest',
      message: `The ${algorithm} you specified did not match the calculated checksum.`,
    });
    await expect(put({ [field]: 'abc' })).rejects.toMatchObject({ name: 'InvalidRequest' });
  });

  it('computes CRC64NVME where the uploader brings none', async () => {
    const ContentMD5 = createHash('md5').update(Body).digest('base64');
    const expected = { ChecksumCRC64NVME: base64(golden.CRC64NVME), ChecksumType: 'FULL_OBJECT' };
    expect(await put({ ContentMD5 })).toMatchObject(expected);
    const head = new HeadObjectCommand({ Bucket, Key: 'k', ChecksumMode: 'ENABLED' });
    expect(await s3.client.send(head)).toMatchObject(expected);
  });
});
