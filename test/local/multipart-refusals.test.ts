import { CompleteMultipartUploadCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf, problemOf } from '../support/api.ts';
import { shiftedClock } from '../support/clock.ts';
import { startTestCloud, type TestCloud } from '../support/cloud.ts';
import { countUploads, countVersions } from '../support/object-versions.ts';
import { byCrc64, compositeOf, crc64Of, putPart, uploaderOf } from '../support/parts.ts';
import { withRole } from '../support/role-client.ts';

const isKind = (kind: string) => expect.stringMatching(new RegExp(`/problems/${kind}$`));
const clock = shiftedClock();
let cloud: TestCloud;
let patient: Api;
const uploader = uploaderOf(() => patient);

beforeAll(async () => {
  cloud = await startTestCloud({ clock });
  patient = await apiOf(cloud, 'patient-north');
}, 120_000);
afterAll(() => cloud.close());

describe('S3 refuses a part', () => {
  it('of other bytes than its hash says', async () => {
    const { id, parts } = await uploader.declared();
    const [first, second] = parts;
    if (first === undefined || second === undefined) throw new Error('There are no parts.');
    const links = await uploader.links(id, [{ partNumber: 1, checksum: first.checksum }]);
    const { status, text } = await putPart(links, 0, { ...first, bytes: second.bytes });
    expect([status, text]).toEqual([400, expect.stringContaining('<Code>BadDigest</Code>')]);
  });

  it('of another length, with another hash, or of another upload than was signed', async () => {
    const [{ id, parts }, other] = [await uploader.declared(), await uploader.declared()];
    const [first, second] = parts;
    if (first === undefined || second === undefined) throw new Error('There are no parts.');
    const links = await uploader.links(id, [{ partNumber: 1, checksum: first.checksum }]);
    const elsewhere = await uploader.links(other.id, [{ partNumber: 1, checksum: first.checksum }]);
    const uploadIdOf = ({ urlTemplate }: typeof links) => /uploadId=[^&]*/.exec(urlTemplate)?.[0] ?? '';
    const mixed = links.urlTemplate.replace(uploadIdOf(links), uploadIdOf(elsewhere));

    for (const [signed, part] of [
      [links, { ...first, bytes: first.bytes.subarray(1) }],
      [links, { ...first, checksum: second.checksum }],
      [{ ...links, urlTemplate: mixed }, first],
      [links, second],
    ] as const)
      expect((await putPart(signed, 0, part)).text).toContain('<Code>SignatureDoesNotMatch</Code>');
    expect((await uploader.listed(id)).parts).toEqual([]);
  });

  it('and nobody but its function makes an object of parts', async () => {
    const { id, parts } = await uploader.sent();
    const links = await uploader.links(id, [{ partNumber: 1, checksum: parts[0]?.checksum ?? '' }]);
    const url = new URL(links.urlTemplate);
    const { parts: held } = await uploader.listed(id);
    const MultipartUpload = {
      Parts: held.map(({ partNumber, etag, checksum }) => ({
        PartNumber: partNumber,
        ETag: etag,
        ChecksumSHA256: checksum,
      })),
    };
    const Key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'));
    const UploadId = url.searchParams.get('uploadId') ?? '';
    for (const name of [
      'sign-parts',
      'request-upload',
      'list-parts',
      'abort-upload',
      'sweep',
      'record-upload',
    ] as const)
      await expect(
        withRole(cloud, clock, name, (client, Bucket) =>
          client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, IfNoneMatch: '*', MultipartUpload })),
        ),
      ).rejects.toThrow(/AccessDenied|not authorized/);
    expect(await countVersions(cloud, clock, id)).toBe(0);
    expect(await countUploads(cloud, clock, id)).toBe(1);
  });
});

describe('completing', () => {
  it('too early names the parts that are missing', async () => {
    const { id, parts } = await uploader.sent(2);
    const problem = problemOf(await uploader.complete(id, { checksum: compositeOf(parts) }));
    expect(problem).toMatchObject({
      type: isKind('upload-incomplete'),
      errors: [{ pointer: '/parts/2', detail: 'This part is missing.' }],
    });
  });

  it('with the hash of another whole is refused, and with the right one is not', async () => {
    const { id, parts } = await uploader.sent();
    const wrong = compositeOf(parts.toReversed());
    expect(problemOf(await uploader.complete(id, { checksum: wrong }))).toMatchObject({
      type: isKind('checksum-mismatch'),
    });
    expect(await uploader.completed(id, compositeOf(parts))).toMatchObject({ id });
  });

  it('of CRC64NVME with that of another whole is refused by S3 itself', async () => {
    const { id, content, parts } = await uploader.declared({ checksumAlgorithm: 'CRC64NVME' });
    await uploader.send(id, await byCrc64(parts));
    const wrong = await crc64Of(content.subarray(1));
    expect(problemOf(await uploader.complete(id, { checksum: wrong }))).toMatchObject({
      type: isKind('checksum-mismatch'),
    });
    await uploader.completed(id, await crc64Of(content));
    expect(await patient.settle(id)).toMatchObject({ state: 'available' });
  });

  it('after giving up is told that it ended, as is everything else; giving up twice is once', async () => {
    const { id, parts } = await uploader.sent();
    for (const _time of [1, 2]) expect((await uploader.abort(id)).status).toBe(200);
    for (const answer of [
      await uploader.complete(id, { checksum: compositeOf(parts) }),
      await uploader.list(id),
      await uploader.askForLinks(id, [{ partNumber: 1, checksum: parts[0]?.checksum ?? '' }]),
    ])
      expect(problemOf(answer)).toMatchObject({ status: 409, type: isKind('upload-ended') });
    expect(await countUploads(cloud, clock, id)).toBe(0);
  });
});
