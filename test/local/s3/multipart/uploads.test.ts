import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandInput,
  ListPartsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { begin, complete, sendPart } from '../support/multipart.ts';
import { sendRaw } from '../support/raw.ts';
import { bucketName as Bucket, principal, startTestS3, type TestS3 } from '../support/server.ts';
import { storedBlobs } from '../support/stored-blobs.ts';

let s3: TestS3;
beforeAll(async () => {
  s3 = await startTestS3();
});
afterAll(() => s3[Symbol.asyncDispose]());

describe('UploadPart', () => {
  it.each([0, 10_001, -1])('refuses the number %i', async (PartNumber) => {
    const refused = sendPart(s3, await begin(s3), PartNumber, 'a');
    await expect(refused).rejects.toMatchObject({ name: 'InvalidArgument', ArgumentName: 'partNumber' });
  });

  it('takes the numbers 1 and 10,000', async () => {
    const upload = await begin(s3);
    for (const number of [1, 10_000]) await sendPart(s3, upload, number, 'a');
    const { Parts = [] } = await s3.client.send(new ListPartsCommand(upload));
    expect(Parts.map(({ PartNumber }) => PartNumber)).toEqual([1, 10_000]);
  });

  it('of an upload that was never begun, or was aborted, is refused and leaves no bytes', async () => {
    await using own = await startTestS3();
    const upload = await begin(own);
    await sendPart(own, upload, 1, 'a');
    await own.client.send(new AbortMultipartUploadCommand(upload));
    for (const UploadId of [upload.UploadId, 'unknown']) {
      const refused = sendPart(own, { ...upload, UploadId }, 1, 'a');
      await expect(refused).rejects.toMatchObject({ name: 'NoSuchUpload', UploadId });
    }
    expect(await storedBlobs(own.dataDirectory)).toEqual([]);
  });

  it('works with a signed URL, in whatever order its parameters come', async () => {
    const upload = await begin(s3);
    const url = await getSignedUrl(s3.client, new UploadPartCommand({ ...upload, PartNumber: 1 }));
    const [path = '', query = ''] = url.split('?');
    const turned = `${path}?${query.split('&').toReversed().join('&')}`;
    for (const signed of [url, turned]) {
      const answer = await sendRaw(signed, { method: 'PUT', headers: { 'content-length': 5 }, body: 'hello' });
      expect(answer).toMatchObject({ status: 200, headers: { etag: '"5d41402abc4b2a76b9719d911017c592"' } });
    }
  });
});

describe('AbortMultipartUpload', () => {
  it('ends an upload once, and not a completed one', async () => {
    const upload = await begin(s3);
    await s3.client.send(new AbortMultipartUploadCommand(upload));
    const again = s3.client.send(new AbortMultipartUploadCommand(upload));
    await expect(again).rejects.toMatchObject({ name: 'NoSuchUpload', $metadata: { httpStatusCode: 404 } });
    const completed = await begin(s3);
    await sendPart(s3, completed, 1, 'a');
    await complete(s3, completed);
    const tooLate = s3.client.send(new AbortMultipartUploadCommand(completed));
    await expect(tooLate).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });
});

describe('ListParts', () => {
  it('lists page by page what is there now', async () => {
    const upload = await begin(s3, { StorageClass: 'GLACIER_IR' });
    for (const [number, body] of [
      [7, 'a'],
      [2, 'bb'],
      [9, 'ccc'],
      [2, 'replaced'],
    ] as const) {
      await sendPart(s3, upload, number, body);
    }
    const page = await s3.client.send(new ListPartsCommand({ ...upload, MaxParts: 2 }));
    expect(page).toMatchObject({
      ...upload,
      IsTruncated: true,
      NextPartNumberMarker: '7',
      MaxParts: 2,
      StorageClass: 'GLACIER_IR',
      Owner: { ID: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(page).toMatchObject({ Initiator: { ID: principal.arn }, ChecksumType: 'FULL_OBJECT' });
    expect(page.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [2, 8],
      [7, 1],
    ]);
    const rest = await s3.client.send(new ListPartsCommand({ ...upload, PartNumberMarker: '7' }));
    expect(rest.IsTruncated).toBe(false);
    expect(rest.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([[9, 3]]);
  });

  it('refuses an unknown upload and markers that are no numbers', async () => {
    const upload = await begin(s3);
    const unknown = s3.client.send(new ListPartsCommand({ ...upload, UploadId: 'unknown' }));
    await expect(unknown).rejects.toMatchObject({ name: 'NoSuchUpload' });
    for (const input of [{ PartNumberMarker: 'x' }, { MaxParts: -1 }]) {
      const refused = s3.client.send(new ListPartsCommand({ ...upload, ...input }));
      await expect(refused).rejects.toMatchObject({ name: 'InvalidArgument' });
    }
  });
});

describe('ListMultipartUploads', () => {
  it('lists by key, then by beginning, page by page', async () => {
    await using own = await startTestS3();
    const begun = [];
    for (const Key of ['b', 'a/2 ü', 'c', 'a/2 ü', 'a/1']) begun.push(await begin(own, { Key }));
    const [b, second, c, secondAgain, first] = begun.map(({ Key, UploadId }) => ({ Key, UploadId }));
    const list = async (input: Partial<ListMultipartUploadsCommandInput>) => {
      const answer = await own.client.send(new ListMultipartUploadsCommand({ Bucket, ...input }));
      return { ...answer, Uploads: (answer.Uploads ?? []).map(({ Key, UploadId }) => ({ Key, UploadId })) };
    };
    expect((await list({})).Uploads).toEqual([first, second, secondAgain, b, c]);
    expect((await list({ Prefix: 'a/' })).Uploads).toEqual([first, second, secondAgain]);
    expect((await list({ EncodingType: 'url' })).Uploads[1]?.Key).toBe('a/2%20%C3%BC');
    expect((await list({ KeyMarker: 'a/2 ü' })).Uploads).toEqual([b, c]);
    const paged = [];
    let markers: Partial<ListMultipartUploadsCommandInput> = {};
    for (let isTruncated = true; isTruncated; ) {
      const page = await list({ MaxUploads: 2, ...markers });
      paged.push(...page.Uploads);
      isTruncated = page.IsTruncated ?? false;
      markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
    }
    expect(paged).toEqual([first, second, secondAgain, b, c]);
  });

  it('rolls keys up to a delimiter, page by page', async () => {
    await using own = await startTestS3();
    const { UploadId: inA } = await begin(own, { Key: 'a' });
    for (const Key of ['b/1', 'b/2', 'c/d/1', 'c/e']) await begin(own, { Key });
    const { UploadId: inZ } = await begin(own, { Key: 'z' });
    const list = (input: Partial<ListMultipartUploadsCommandInput>) =>
      own.client.send(new ListMultipartUploadsCommand({ Bucket, Delimiter: '/', ...input }));
    const first = await list({ MaxUploads: 2 });
    expect(first).toMatchObject({ Delimiter: '/', IsTruncated: true, NextKeyMarker: 'b/' });
    expect(first.Uploads).toMatchObject([
      { UploadId: inA, Initiator: { ID: principal.arn }, Owner: { ID: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    ]);
    expect(first.CommonPrefixes).toEqual([{ Prefix: 'b/' }]);
    const { NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = first;
    const second = await list({ KeyMarker, UploadIdMarker });
    expect(second).toMatchObject({ IsTruncated: false, NextUploadIdMarker: inZ, CommonPrefixes: [{ Prefix: 'c/' }] });
    expect(second.Uploads?.map(({ Key }) => Key)).toEqual(['z']);
    const within = await list({ Prefix: 'c/', EncodingType: 'url', Delimiter: '/' });
    expect(within).toMatchObject({ CommonPrefixes: [{ Prefix: 'c/d/' }], Uploads: [{ Key: 'c/e' }] });
  });
});
