import {
  DeleteObjectCommand,
  DeleteObjectTaggingCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccessRequest, Decision } from '../../../local/iam/types.ts';
import { presignGet, presignPut } from './support/presign.ts';
import { sendRaw } from './support/raw.ts';
import { bucketName as Bucket, principal, startTestS3, type TestS3 } from './support/server.ts';

const Key = 'documents/t1/a';
const objectArn = `arn:aws:s3:::${Bucket}/${Key}`;
const bucketArn = `arn:aws:s3:::${Bucket}`;

let s3: TestS3;
let VersionId: string;
beforeEach(async () => {
  s3 = await startTestS3();
  const put = new PutObjectCommand({ Bucket, Key, Body: 'a', Tagging: 'state=available' });
  VersionId = (await s3.client.send(put)).VersionId ?? '';
  s3.asked.length = 0;
});
afterEach(() => s3[Symbol.asyncDispose]());

const askedFor = (): readonly (readonly [action: string, resource: string])[] =>
  s3.asked.map(({ action, resource }) => [action, resource] as const);

describe('the actions that a request needs', () => {
  it.each([
    ['GetObject', () => new GetObjectCommand({ Bucket, Key }), 's3:GetObject', objectArn],
    [
      'GetObject of a version',
      () => new GetObjectCommand({ Bucket, Key, VersionId }),
      's3:GetObjectVersion',
      objectArn,
    ],
    ['HeadObject', () => new HeadObjectCommand({ Bucket, Key }), 's3:GetObject', objectArn],
    [
      'HeadObject of a version',
      () => new HeadObjectCommand({ Bucket, Key, VersionId }),
      's3:GetObjectVersion',
      objectArn,
    ],
    ['DeleteObject', () => new DeleteObjectCommand({ Bucket, Key }), 's3:DeleteObject', objectArn],
    [
      'DeleteObject of a version',
      () => new DeleteObjectCommand({ Bucket, Key, VersionId }),
      's3:DeleteObjectVersion',
      objectArn,
    ],
    ['GetObjectTagging', () => new GetObjectTaggingCommand({ Bucket, Key }), 's3:GetObjectTagging', objectArn],
    [
      'GetObjectTagging of a version',
      () => new GetObjectTaggingCommand({ Bucket, Key, VersionId }),
      's3:GetObjectVersionTagging',
      objectArn,
    ],
    ['DeleteObjectTagging', () => new DeleteObjectTaggingCommand({ Bucket, Key }), 's3:DeleteObjectTagging', objectArn],
    [
      'DeleteObjectTagging of a version',
      () => new DeleteObjectTaggingCommand({ Bucket, Key, VersionId }),
      's3:DeleteObjectVersionTagging',
      objectArn,
    ],
    [
      'PutObjectTagging',
      () => new PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet: [] } }),
      's3:PutObjectTagging',
      objectArn,
    ],
    [
      'PutObjectTagging of a version',
      () => new PutObjectTaggingCommand({ Bucket, Key, VersionId, Tagging: { TagSet: [] } }),
      's3:PutObjectVersionTagging',
      objectArn,
    ],
    ['PutObject', () => new PutObjectCommand({ Bucket, Key, Body: 'a' }), 's3:PutObject', objectArn],
    ['HeadBucket', () => new HeadBucketCommand({ Bucket }), 's3:ListBucket', bucketArn],
    ['ListObjectsV2', () => new ListObjectsV2Command({ Bucket }), 's3:ListBucket', bucketArn],
    ['ListObjectVersions', () => new ListObjectVersionsCommand({ Bucket }), 's3:ListBucketVersions', bucketArn],
  ])('%s', async (_name, command, action, resource) => {
    await s3.client.send(command() as GetObjectCommand);
    expect(askedFor()[0]).toEqual([action, resource]);
  });

  it('PutObject with tags needs both', async () => {
    await s3.client.send(new PutObjectCommand({ Bucket, Key, Body: 'a', Tagging: 'a=b' }));
    expect(askedFor()).toEqual([
      ['s3:PutObject', objectArn],
      ['s3:PutObjectTagging', objectArn],
    ]);
  });

  it('PutObject with an ACL needs the right to set it', async () => {
    await s3.client.send(new PutObjectCommand({ Bucket, Key, Body: 'a', ACL: 'bucket-owner-full-control' }));
    expect(askedFor()).toEqual([
      ['s3:PutObject', objectArn],
      ['s3:PutObjectAcl', objectArn],
    ]);
  });
});

const conditionsOf = (action: string): AccessRequest['conditions'] =>
  s3.asked.find((asked) => asked.action === action)?.conditions ?? {};

describe('the request context', () => {
  it('tells of the caller, the transport and the signature', async () => {
    await sendRaw(await presignGet(s3, Key, { VersionId }));
    const conditions = conditionsOf('s3:GetObjectVersion');
    expect(conditions).toMatchObject({
      'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/request-upload',
      'aws:PrincipalAccount': '111122223333',
      'aws:SecureTransport': 'true',
      's3:TlsVersion': '1.3',
      'aws:SourceIp': '127.0.0.1',
      's3:authType': 'REST-QUERY-STRING',
      's3:signatureversion': 'AWS4-HMAC-SHA256',
      's3:signatureAge': expect.stringMatching(/^\d+$/),
      'aws:PrincipalType': 'AssumedRole',
      'aws:PrincipalIsAWSService': 'false',
      'aws:ViaAWSService': 'false',
      'aws:RequestedRegion': 'eu-central-1',
      'aws:ResourceAccount': '111122223333',
      's3:ResourceAccount': '111122223333',
      's3:VersionId': VersionId,
      's3:ExistingObjectTag/state': 'available',
    });
    expect(
      Object.keys(conditions).filter((key) => /acl|storage|encryption|none-match|Creation|prefix/.test(key)),
    ).toEqual([]);
    expect(s3.asked[0]?.principal).toEqual(principal);
  });

  it('tells what a PUT asks for, and only then', async () => {
    const body = 'abc';
    const signed = await presignPut(s3, body, { key: 'documents/t1/b' });
    await sendRaw(signed.url, { method: 'PUT', headers: signed.headers, body });
    const conditions = conditionsOf('s3:PutObject');
    expect(conditions).toMatchObject({
      's3:ObjectCreationOperation': 'true',
      's3:if-none-match': '*',
      's3:RequestObjectTag/sealdrop-state': 'incoming',
      's3:RequestObjectTagKeys': ['sealdrop-state'],
    });
    expect(conditions['s3:x-amz-server-side-encryption']).toBeUndefined();

    s3.asked.length = 0;
    const rich = {
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: 'k',
      StorageClass: 'GLACIER',
      ACL: 'bucket-owner-full-control',
    } as const;
    await s3.client.send(new PutObjectCommand({ Bucket, Key, Body: 'a', ...rich }));
    expect(conditionsOf('s3:PutObject')).toMatchObject({
      's3:authType': 'REST-HEADER',
      's3:x-amz-server-side-encryption': 'aws:kms',
      's3:x-amz-server-side-encryption-aws-kms-key-id': 'k',
      's3:x-amz-storage-class': 'GLACIER',
      's3:x-amz-acl': 'bucket-owner-full-control',
    });
    expect(conditionsOf('s3:PutObject')['s3:if-none-match']).toBeUndefined();
  });

  it('tells of the tags that are there and of those to come', async () => {
    const TagSet = [{ Key: 'state', Value: 'deleted' }];
    await s3.client.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet } }));
    expect(conditionsOf('s3:PutObjectTagging')).toMatchObject({
      's3:ExistingObjectTag/state': 'available',
      's3:RequestObjectTag/state': 'deleted',
      's3:RequestObjectTagKeys': ['state'],
    });
  });

  it('tells what a listing is limited to', async () => {
    await s3.client.send(new ListObjectsV2Command({ Bucket, Prefix: 'documents/', MaxKeys: 5 }));
    expect(conditionsOf('s3:ListBucket')).toMatchObject({ 's3:prefix': 'documents/', 's3:max-keys': '5' });
    await s3.client.send(new ListObjectVersionsCommand({ Bucket }));
    expect(conditionsOf('s3:ListBucketVersions')['s3:prefix']).toBeUndefined();
  });

  it('claims the transport it was told to', async () => {
    await s3.restart({ transport: { secure: false } });
    s3.asked.length = 0;
    await s3.client.send(new HeadBucketCommand({ Bucket }));
    expect(s3.asked[0]?.conditions['aws:SecureTransport']).toBe('false');
    expect(s3.asked[0]?.conditions['s3:TlsVersion']).toBeUndefined();
  });
});

const denying =
  (...actions: string[]) =>
  ({ action }: AccessRequest): Decision =>
    actions.includes(action) ? { allowed: false, reason: 'implicit-deny' } : { allowed: true };

describe('a denial', () => {
  it('names who, what and where', async () => {
    await s3.restart({ authorize: denying('s3:GetObject') });
    await expect(s3.client.send(new GetObjectCommand({ Bucket, Key }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: ${principal.arn} is not authorized to perform: s3:GetObject on resource: "${objectArn}" because no identity-based policy allows the s3:GetObject action`,
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('names the statement of an explicit deny', async () => {
    const authorize = (): Decision => ({ allowed: false, reason: 'explicit-deny', sid: 'WriteOnce' });
    await s3.restart({ authorize });
    await expect(s3.client.send(new PutObjectCommand({ Bucket, Key, Body: 'b' }))).rejects.toMatchObject({
      message: expect.stringMatching(/with an explicit deny in a policy \(statement WriteOnce\)$/),
    });
  });

  it('of tags denies the whole PUT', async () => {
    await s3.restart({ authorize: denying('s3:PutObjectTagging') });
    const put = new PutObjectCommand({ Bucket, Key: 'new', Body: 'b', Tagging: 'a=b' });
    await expect(s3.client.send(put)).rejects.toMatchObject({
      message: expect.stringContaining('s3:PutObjectTagging'),
    });
    const listed = await s3.client.send(new ListObjectsV2Command({ Bucket, Prefix: 'new' }));
    expect(listed.KeyCount).toBe(0);
  });

  it('of listing hides whether an object is there', async () => {
    await s3.restart({ authorize: denying('s3:ListBucket') });
    for (const input of [{ Key: 'missing' }, { Key, VersionId: 'a'.repeat(32) }]) {
      const get = s3.client.send(new GetObjectCommand({ Bucket, ...input }));
      await expect(get).rejects.toMatchObject({
        name: 'AccessDenied',
        message: expect.stringContaining(`s3:ListBucket on resource: "${bucketArn}" because no identity-based policy`),
      });
    }
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key }));
    const hidden = s3.client.send(new GetObjectCommand({ Bucket, Key }));
    await expect(hidden).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('of reading tags hides how many there are', async () => {
    await s3.restart({ authorize: denying('s3:GetObjectTagging') });
    expect((await s3.client.send(new GetObjectCommand({ Bucket, Key }))).TagCount).toBeUndefined();
    expect((await s3.client.send(new GetObjectCommand({ Bucket, Key, VersionId }))).TagCount).toBe(1);
  });
});
