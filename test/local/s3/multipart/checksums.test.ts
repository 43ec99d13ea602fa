import {
  AbortMultipartUploadCommand,
  type ChecksumAlgorithm,
  type ChecksumType,
  type CompletedPart,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type checksumAlgorithms, startChecksum } from '../../../../local/s3/body/checksum.ts';
import { begin, complete, partOf, sendPart } from '../support/multipart.ts';
import { bucketName as Bucket, startTestS3, type TestS3 } from '../support/server.ts';

const bodies = [partOf('one '), partOf('two '), Buffer.from('three')];

async function checksumOf(algorithm: ChecksumAlgorithm, ...chunks: readonly Uint8Array[]): Promise<string> {
  const running = await startChecksum[algorithm as (typeof checksumAlgorithms)[number]]();
  for (const chunk of chunks) running.update(chunk);
  return running.digest();
}

/** Written from the user guide: over the checksums of the parts, and how many there are. */
async function compositeOf(algorithm: ChecksumAlgorithm): Promise<string> {
  const ofParts = await Promise.all(bodies.map((body) => checksumOf(algorithm, body)));
  return `${await checksumOf(algorithm, ...ofParts.map((value) => Buffer.from(value, 'base64')))}-${bodies.length}`;
}

const expectedOf = (algorithm: ChecksumAlgorithm, type: ChecksumType): Promise<string> =>
  type === 'COMPOSITE' ? compositeOf(algorithm) : checksumOf(algorithm, ...bodies);

let s3: TestS3;
beforeAll(async () => {
  s3 = await startTestS3();
});
afterAll(() => s3[Symbol.asyncDispose]());

const cases = [
  ['CRC32', 'COMPOSITE'],
  ['CRC32', 'FULL_OBJECT'],
  ['CRC32C', 'COMPOSITE'],
  ['CRC32C', 'FULL_OBJECT'],
  ['CRC64NVME', 'FULL_OBJECT'],
  ['SHA1', 'COMPOSITE'],
  ['SHA256', 'COMPOSITE'],
] as const;

describe.each(cases)('%s, %s', (ChecksumAlgorithm, ChecksumType) => {
  const field = `Checksum${ChecksumAlgorithm}` as const;

  it('is verified part by part, told in every listing, and reported of the object', async () => {
    const upload = await begin(s3, { ChecksumAlgorithm, ChecksumType });
    const parts: CompletedPart[] = [];
    for (const [index, body] of bodies.entries()) {
      const value = await checksumOf(ChecksumAlgorithm, body);
      const { ETag, [field]: answered } = await sendPart(s3, upload, index + 1, body, { [field]: value });
      expect(answered).toBe(value);
      parts.push({ PartNumber: index + 1, ETag, [field]: value });
    }
    const listed = await s3.client.send(new ListPartsCommand(upload));
    expect(listed).toMatchObject({ ChecksumAlgorithm, ChecksumType, Parts: parts });
    const uploads = await s3.client.send(new ListMultipartUploadsCommand({ Bucket }));
    expect(uploads.Uploads).toMatchObject([{ UploadId: upload.UploadId, ChecksumAlgorithm, ChecksumType }]);
    const value = await expectedOf(ChecksumAlgorithm, ChecksumType);
    const expected = { [field]: value, ChecksumType };
    await expect(complete(s3, upload, parts, { [field]: await wrongOf(ChecksumAlgorithm) })).rejects.toMatchObject({
      name: 'BadDigest',
      message: `The ${ChecksumAlgorithm} you specified did not match the calculated checksum.`,
    });
    expect(await complete(s3, upload, parts, expected)).toMatchObject(expected);
    const asked = { Bucket, Key: 'k', ChecksumMode: 'ENABLED' } as const;
    expect(await s3.client.send(new HeadObjectCommand(asked))).toMatchObject(expected);
    const got = await s3.client.send(new GetObjectCommand(asked));
    expect(got).toMatchObject(expected);
    await got.Body?.transformToByteArray();
  });

  it('of a part that is wrong is refused, and so is that of another algorithm', async () => {
    const upload = await begin(s3, { Key: 'refused', ChecksumAlgorithm, ChecksumType });
    const wrong = sendPart(s3, upload, 1, 'a', { [field]: await wrongOf(ChecksumAlgorithm) });
    await expect(wrong).rejects.toMatchObject({ name: 'BadDigest' });
    const other = ChecksumAlgorithm === 'SHA1' ? 'SHA256' : 'SHA1';
    const mixed = sendPart(s3, upload, 1, 'a', { [`Checksum${other}`]: await wrongOf(other) });
    const types = `expected checksum Type: ${ChecksumAlgorithm.toLowerCase()}, actual checksum Type: ${other.toLowerCase()}`;
    await expect(mixed).rejects.toMatchObject({
      name: 'InvalidRequest',
      message: `Checksum Type mismatch occurred, ${types}`,
    });
    const { Parts } = await s3.client.send(new ListPartsCommand(upload));
    expect(Parts).toBeUndefined();
    await abort(upload);
  });
});

const wrongOf = (algorithm: ChecksumAlgorithm): Promise<string> => checksumOf(algorithm, Buffer.from('other'));

describe('an upload whose maker named no checksum', () => {
  it('gets the CRC64NVME of the whole object', async () => {
    const upload = await begin(s3);
    for (const [index, body] of bodies.entries()) await sendPart(s3, upload, index + 1, body);
    const expected = { ChecksumCRC64NVME: await checksumOf('CRC64NVME', ...bodies), ChecksumType: 'FULL_OBJECT' };
    expect(await complete(s3, upload)).toMatchObject(expected);
  });

  it('takes no other checksum of a part', async () => {
    const upload = await begin(s3);
    const refused = sendPart(s3, upload, 1, 'a', { ChecksumCRC32: await checksumOf('CRC32', Buffer.from('a')) });
    await expect(refused).rejects.toMatchObject({
      name: 'InvalidRequest',
      message: 'Checksum Type mismatch occurred, expected checksum Type: null, actual checksum Type: crc32',
    });
    await abort(upload);
  });
});

describe('a composite checksum', () => {
  it('needs one of each part, when it is sent and when the upload is completed', async () => {
    const upload = await begin(s3, { ChecksumAlgorithm: 'SHA256' });
    await expect(sendPart(s3, upload, 1, 'a')).rejects.toMatchObject({ name: 'InvalidRequest' });
    const ChecksumSHA256 = await checksumOf('SHA256', Buffer.from('a'));
    const { ETag } = await sendPart(s3, upload, 1, 'a', { ChecksumSHA256 });
    await expect(complete(s3, upload, [{ PartNumber: 1, ETag }])).rejects.toMatchObject({
      name: 'InvalidRequest',
      message: expect.stringContaining('It was missing for part 1 in the request.'),
    });
    const lie = [{ PartNumber: 1, ETag, ChecksumSHA256: await wrongOf('SHA256') }];
    await expect(complete(s3, upload, lie)).rejects.toMatchObject({ name: 'InvalidPart' });
    const type = complete(s3, upload, [{ PartNumber: 1, ETag, ChecksumSHA256 }], { ChecksumType: 'FULL_OBJECT' });
    await expect(type).rejects.toMatchObject({ name: 'InvalidRequest' });
    await abort(upload);
  });
});

it.each([
  { ChecksumAlgorithm: 'SHA256', ChecksumType: 'FULL_OBJECT' },
  { ChecksumAlgorithm: 'SHA1', ChecksumType: 'FULL_OBJECT' },
  { ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'COMPOSITE' },
  { ChecksumAlgorithm: 'MD2' as 'SHA1' },
  { ChecksumAlgorithm: 'CRC32', ChecksumType: 'HALF' as 'COMPOSITE' },
  { ChecksumType: 'FULL_OBJECT' },
] as const)('refuses to begin with %o', async (input) => {
  await expect(begin(s3, input)).rejects.toMatchObject({ name: 'InvalidRequest' });
});

const abort = (upload: { readonly Bucket: string; readonly Key: string; readonly UploadId: string }) =>
  s3.client.send(new AbortMultipartUploadCommand(upload));
