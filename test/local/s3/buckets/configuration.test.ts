import * as sdk from '@aws-sdk/client-s3';
import { type GetObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cors, lifecycleRules } from './samples.ts';
import { anna, type Standalone, startStandalone } from './standalone.ts';

const Bucket = 'configured';
let s3: Standalone;
let client: S3Client;
beforeAll(async () => {
  s3 = await startStandalone();
  client = s3.clientOf(anna);
  await client.send(new sdk.CreateBucketCommand({ Bucket }));
});
afterAll(() => s3[Symbol.asyncDispose]());

/** `name` is that of the SDK's command, `Bucket` is filled in. */
async function send(name: string, input: object = {}): Promise<Record<string, unknown>> {
  const Command = (sdk as unknown as Record<string, new (input: object) => GetObjectCommand>)[`${name}Command`];
  if (Command === undefined) throw new Error(`The SDK has no ${name}.`);
  const { $metadata: _, ...answer } = await client.send(new Command({ Bucket, ...input }));
  return answer as unknown as Record<string, unknown>;
}

const minimum = { TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K' };
const kms = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'arn:aws:kms:us-east-1:111122223333:key/k' };
const encryption = { Rules: [{ ApplyServerSideEncryptionByDefault: kms, BucketKeyEnabled: true }] };
const sse = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }] };
const block = { BlockPublicAcls: true, IgnorePublicAcls: false, BlockPublicPolicy: true, RestrictPublicBuckets: false };
const owned = { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } };
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/secret/*` },
});

const rows = [
  {
    put: 'PutBucketCors',
    input: { CORSConfiguration: { CORSRules: cors } },
    get: 'GetBucketCors',
    answer: { CORSRules: cors },
    remove: 'DeleteBucketCors',
    gone: 'NoSuchCORSConfiguration',
  },
  {
    put: 'PutBucketTagging',
    input: { Tagging: { TagSet: [{ Key: 'a b', Value: '<&>'.replace(/[<&>]/g, '=') }] } },
    get: 'GetBucketTagging',
    answer: { TagSet: [{ Key: 'a b', Value: '===' }] },
    remove: 'DeleteBucketTagging',
    gone: 'NoSuchTagSet',
  },
  {
    put: 'PutBucketLifecycleConfiguration',
    input: { LifecycleConfiguration: { Rules: lifecycleRules } },
    get: 'GetBucketLifecycleConfiguration',
    answer: { Rules: lifecycleRules, ...minimum },
    remove: 'DeleteBucketLifecycle',
    gone: 'NoSuchLifecycleConfiguration',
  },
  {
    put: 'PutPublicAccessBlock',
    input: { PublicAccessBlockConfiguration: block },
    get: 'GetPublicAccessBlock',
    answer: { PublicAccessBlockConfiguration: block },
    remove: 'DeletePublicAccessBlock',
    gone: 'NoSuchPublicAccessBlockConfiguration',
  },
  {
    put: 'PutBucketOwnershipControls',
    input: owned,
    get: 'GetBucketOwnershipControls',
    answer: owned,
    remove: 'DeleteBucketOwnershipControls',
    gone: 'OwnershipControlsNotFoundError',
  },
  {
    put: 'PutBucketPolicy',
    input: { Policy: policy },
    get: 'GetBucketPolicy',
    answer: { Policy: policy },
    remove: 'DeleteBucketPolicy',
    gone: 'NoSuchBucketPolicy',
  },
] as const;

describe('a configuration', () => {
  it.each(rows)('of $put is told as it was given, also after a restart, until it is deleted', async (row) => {
    await send(row.put, row.input);
    expect(await send(row.get)).toEqual(row.answer);
    await s3.restart();
    client = s3.clientOf(anna);
    expect(await send(row.get)).toEqual(row.answer);
    await send(row.remove);
    const refusal = await send(row.get).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(S3ServiceException);
    expect(refusal).toMatchObject({ name: row.gone, BucketName: Bucket, $metadata: { httpStatusCode: 404 } });
  });

  it('of encryption is there always, and reported of what is written from then on', async () => {
    expect(await send('GetBucketEncryption')).toEqual({ ServerSideEncryptionConfiguration: sse });
    await send('PutBucketEncryption', { ServerSideEncryptionConfiguration: encryption });
    expect(await send('GetBucketEncryption')).toEqual({ ServerSideEncryptionConfiguration: encryption });
    expect((await send('PutObject', { Key: 'k', Body: 'a' })).ServerSideEncryption).toBe('aws:kms');
    await send('DeleteBucketEncryption');
    expect(await send('GetBucketEncryption')).toEqual({ ServerSideEncryptionConfiguration: sse });
    expect((await send('PutObject', { Key: 'k', Body: 'a' })).ServerSideEncryption).toBe('AES256');
  });

  it('of versioning is effective at once', async () => {
    expect(await send('GetBucketVersioning')).toEqual({});
    const put = async () => (await send('PutObject', { Key: 'versioned', Body: 'a' })).VersionId;
    expect(await put()).toBeUndefined();
    for (const [Status, versionId] of [
      ['Enabled', expect.stringMatching(/^.{32}$/)],
      ['Suspended', 'null'],
    ] as const) {
      await send('PutBucketVersioning', { VersioningConfiguration: { Status } });
      expect(await send('GetBucketVersioning')).toEqual({ Status });
      expect(await put()).toEqual(versionId);
    }
  });

  it('of notifications is empty, and knows no queue here', async () => {
    expect(await send('GetBucketNotificationConfiguration')).toEqual({});
    const queue = { QueueArn: 'arn:aws:sqs:us-east-1:111122223333:q', Events: ['s3:ObjectCreated:*'] };
    const put = send('PutBucketNotificationConfiguration', {
      NotificationConfiguration: { QueueConfigurations: [queue] },
    });
    await expect(put).rejects.toMatchObject({
      name: 'InvalidArgument',
      message: 'Unable to validate the following destination configurations',
    });
    await send('PutBucketNotificationConfiguration', { NotificationConfiguration: {} });
  });
});
