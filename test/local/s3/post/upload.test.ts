import { createHash, randomBytes } from 'node:crypto';
import { GetObjectCommand, GetObjectTaggingCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldParts, formBody, part, postBody, postForm, signedFields } from '../support/form.ts';
import { sha256Base64 } from '../support/presign.ts';
import { bucketName as Bucket, region, startTestS3, type TestS3, versioned } from '../support/server.ts';

/** The variable of S3's forms. */
const nameOfFile = '$'.concat('{filename}');

let s3: TestS3;
beforeAll(async () => {
  s3 = await startTestS3({
    buckets: [
      {
        ...versioned,
        cors: [{ allowedOrigins: ['https://app.example'], allowedMethods: ['POST'], exposedHeaders: ['ETag'] }],
        notifications: [{ event: 's3:ObjectCreated:Post', queue: `arn:aws:sqs:${region}:111122223333:q` }],
      },
    ],
  });
});
afterAll(() => s3[Symbol.asyncDispose]());

const head = (Key: string) => s3.client.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
const read = async (Key: string) =>
  (await s3.client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();

/** Posts as a browser would: the fields of the SDK, then the file. */
async function postPresigned(options: Omit<PresignedPostOptions, 'Bucket'>, more: Record<string, string> = {}) {
  const { url, fields } = await createPresignedPost(s3.client, { Bucket, ...options });
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, ...more })) form.append(name, value);
  form.append('file', new Blob(['hello']), 'näme.txt');
  return fetch(url, { method: 'POST', body: form, redirect: 'manual' });
}

describe('forms of the SDK', () => {
  it.each<[string, Omit<PresignedPostOptions, 'Bucket'>, Record<string, string>, number]>([
    ['a key', { Key: 'sdk/a' }, {}, 204],
    ['the name of the file', { Key: `sdk/${nameOfFile}` }, {}, 204],
    ['a size that fits', { Key: 'sdk/b', Conditions: [['content-length-range', 5, 5]] }, {}, 204],
    ['a size that does not', { Key: 'sdk/x', Conditions: [['content-length-range', 0, 4]] }, {}, 400],
    ['exact fields', { Key: 'sdk/c', Fields: { 'Content-Type': 'image/png' } }, {}, 204],
    [
      'a prefix',
      { Key: 'sdk/d', Conditions: [['starts-with', '$Content-Type', 'image/']] },
      { 'Content-Type': 'image/gif' },
      204,
    ],
    ['a prefix that is another', { Key: 'e', Conditions: [['starts-with', '$acl', 'a']] }, { acl: 'b' }, 403],
    ['eq', { Key: 'sdk/f', Conditions: [['eq', '$x-amz-meta-a', 'b']] }, { 'x-amz-meta-a': 'b' }, 204],
    ['a field too many', { Key: 'sdk/g' }, { 'x-amz-meta-a': 'b' }, 403],
    ['an expiry that has passed', { Key: 'sdk/h', Expires: -1 }, {}, 403],
  ])('%s', async (_, options, more, status) => {
    expect((await postPresigned(options, more)).status).toBe(status);
    const key = options.Key.replace(nameOfFile, 'näme.txt');
    if (status === 204) expect(await read(key)).toBe('hello');
    else await expect(read(key)).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});

describe('what a form says of its object', () => {
  it('is kept as PutObject keeps it', async () => {
    const fields = {
      key: 'described',
      acl: 'bucket-owner-full-control',
      'Content-Type': 'text/css',
      'Cache-Control': 'no-store',
      'Content-Disposition': 'inline',
      Expires: 'Tue, 01 Jan 2030 00:00:00 GMT',
      'x-amz-meta-Note': 'a note',
      'x-amz-storage-class': 'STANDARD_IA',
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:k',
      'x-amz-checksum-sha256': sha256Base64('hello'),
      tagging: '<Tagging><TagSet><Tag><Key>a</Key><Value>b c</Value></Tag></TagSet></Tagging>',
    };
    s3.asked.length = 0;
    expect(await postForm(s3, { fields })).toMatchObject({
      status: 204,
      headers: { etag: expect.stringMatching(/^"[0-9a-f]{32}"$/), 'x-amz-server-side-encryption': 'aws:kms' },
    });
    expect(await head('described')).toMatchObject({
      ContentType: 'text/css',
      CacheControl: 'no-store',
      ContentDisposition: 'inline',
      ExpiresString: fields.Expires,
      Metadata: { note: 'a note' },
      StorageClass: 'STANDARD_IA',
      SSEKMSKeyId: 'arn:aws:kms:k',
      ChecksumSHA256: fields['x-amz-checksum-sha256'],
    });
    const tags = await s3.client.send(new GetObjectTaggingCommand({ Bucket, Key: 'described' }));
    expect(tags.TagSet).toEqual([{ Key: 'a', Value: 'b c' }]);
    const asked = s3.asked.slice(0, 3);
    expect(asked.map(({ action }) => action)).toEqual(['s3:PutObject', 's3:PutObjectTagging', 's3:PutObjectAcl']);
    expect(asked[0]).toMatchObject({
      resource: `arn:aws:s3:::${Bucket}/described`,
      conditions: {
        's3:authType': 'POST',
        's3:signatureAge': expect.stringMatching(/^\d+$/),
        's3:ObjectCreationOperation': 'true',
        's3:RequestObjectTag/a': 'b c',
        's3:x-amz-acl': fields.acl,
        's3:x-amz-storage-class': 'STANDARD_IA',
        's3:x-amz-server-side-encryption': 'aws:kms',
      },
    });
  });

  it.each([70_000, 300_000, 3_000_000])('has its file byte by byte: %i of them', async (sizeBytes) => {
    const file = randomBytes(sizeBytes);
    const sha256 = createHash('sha256').update(file).digest('base64');
    const key = `bytes-${sizeBytes}`;
    const answer = await postForm(s3, { fields: { key, 'x-amz-checksum-sha256': sha256 }, file });
    expect(answer).toMatchObject({ status: 204, headers: { 'x-amz-checksum-sha256': sha256 } });
    const { Body } = await s3.client.send(new GetObjectCommand({ Bucket, Key: key }));
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(file)).toBe(true);
  });

  it('has S3’s default type, whatever the file says, and a CRC64NVME', async () => {
    const answer = await postForm(s3, { fields: { key: 'plain' } });
    expect(answer.headers).toMatchObject({ 'x-amz-checksum-crc64nvme': expect.any(String) });
    expect(await head('plain')).toMatchObject({ ContentType: 'binary/octet-stream', ContentLength: 5 });
  });

  it('may use the name of the file anywhere; only what follows the last slash counts', async () => {
    const fields = { key: `in/${nameOfFile}`, 'x-amz-meta-n': `${nameOfFile}$&` };
    const conditions = [
      ['starts-with', '$key', 'in/'],
      ['eq', '$x-amz-meta-n', 'c.txt$&'],
    ];
    const upload = { fields, conditions, uncovered: ['key', 'x-amz-meta-n'], fileName: 'C:\\a/b/c.txt' };
    expect(await postForm(s3, upload)).toMatchObject({ status: 204 });
    expect((await head('in/c.txt')).Metadata).toEqual({ n: 'c.txt$&' });
    const nameless = { fields: { key: `in/${nameOfFile}` }, fileName: undefined };
    expect(await postForm(s3, nameless)).toMatchObject({ status: 204 });
    expect(await read(`in/${nameOfFile}`)).toBe('hello');
  });

  it('ends with the file: what comes behind it is ignored', async () => {
    const fields = fieldParts(signedFields({ fields: { key: 'before' } }));
    const body = formBody(...fields, part('file', 'x', 'x'), part('key', 'after'), part('acl', 'public-read'));
    expect(await postBody(s3, body)).toMatchObject({ status: 204 });
    expect(await read('before')).toBe('x');
  });
});

describe('what a form wants to hear', () => {
  const etag = '"5d41402abc4b2a76b9719d911017c592"';
  const answerTo = (fields: Record<string, string>) => postForm(s3, { fields: { key: 'a/b c', ...fields } });
  const location = () => `${s3.origin}/${Bucket}/a%2Fb%20c`;

  it.each([['204'], ['404'], ['']])('%s: 204', async (success_action_status) => {
    const answer = await answerTo({ success_action_status });
    expect(answer).toMatchObject({ status: 204, body: '', headers: { etag, location: location() } });
    expect(answer.headers).toHaveProperty('x-amz-version-id');
  });

  it('200 with nothing, 201 with a document', async () => {
    expect(await answerTo({ success_action_status: '200' })).toMatchObject({ status: 200, body: '' });
    const created = await answerTo({ success_action_status: '201' });
    expect(created).toMatchObject({
      status: 201,
      headers: { location: location(), 'content-type': 'application/xml' },
    });
    expect(created.body).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse><Location>${location()}</Location><Bucket>${Bucket}</Bucket><Key>a/b c</Key><ETag>&quot;5d41402abc4b2a76b9719d911017c592&quot;</ETag></PostResponse>`,
    );
  });

  it('names the object as the form named the bucket: by its host, or with a slash', async () => {
    const body = (key: string) => formBody(...fieldParts(signedFields({ fields: { key } })), part('file', 'x', 'x'));
    const host = `${Bucket}.s3.localhost:4566`;
    const byHost = await postBody(s3, body('a/v'), { host }, '/');
    expect(byHost).toMatchObject({ status: 204, headers: { location: `http://${host}/a%2Fv` } });
    const withSlash = await postBody(s3, body('a/s'), {}, `/${Bucket}/`);
    expect(withSlash).toMatchObject({ status: 204, headers: { location: `${s3.origin}/${Bucket}/a%2Fs` } });
    expect([await read('a/v'), await read('a/s')]).toEqual(['x', 'x']);
  });

  it.each(['success_action_redirect', 'redirect'])('%s: 303 to there, with bucket, key and ETag', async (name) => {
    const query = `bucket=${Bucket}&key=a%2Fb+c&etag=%225d41402abc4b2a76b9719d911017c592%22`;
    const to = async (url: string) => (await answerTo({ [name]: url, success_action_status: '201' })).headers.location;
    expect(await to('https://app.example/done')).toBe(`https://app.example/done?${query}`);
    expect(await to('https://app.example/done?a=b')).toBe(`https://app.example/done?a=b&${query}`);
    expect(await answerTo({ [name]: 'https://app.example/' })).toMatchObject({ status: 303, body: '' });
  });

  it.each(['/relative', 'javascript:alert(1)', 'https://', ''])('ignores the redirect %s', async (url) => {
    expect(await answerTo({ success_action_redirect: url })).toMatchObject({ status: 204 });
  });

  it('lets a page of an allowed origin read the answer, refusals too', async () => {
    const origin = { origin: 'https://app.example' };
    const cors = { 'access-control-allow-origin': origin.origin, 'access-control-expose-headers': 'ETag' };
    expect(await postForm(s3, {}, origin)).toMatchObject({ status: 204, headers: cors });
    expect(await postForm(s3, { uncovered: ['key'] }, origin)).toMatchObject({ status: 403, headers: cors });
  });
});

it('tells of the object as ObjectCreated:Post', async () => {
  s3.delivered.length = 0;
  await postForm(s3, { fields: { key: 'told' } });
  await expect.poll(() => s3.delivered.length).toBe(1);
  const [record] = JSON.parse(s3.delivered[0]?.body ?? '').Records;
  expect(record).toMatchObject({ eventName: 'ObjectCreated:Post', s3: { object: { key: 'told', size: 5 } } });
});
