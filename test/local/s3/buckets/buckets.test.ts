import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetBucketLocationCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anna, ben, type Standalone, startStandalone } from './standalone.ts';

let s3: Standalone;
let client: S3Client;
beforeAll(async () => {
  s3 = await startStandalone();
  client = s3.clientOf(anna);
});
afterAll(() => s3[Symbol.asyncDispose]());

describe('CreateBucket', () => {
  it('makes a bucket that its account lists and others do not', async () => {
    await client.send(new CreateBucketCommand({ Bucket: 'annas-first' }));
    const { Buckets = [] } = await client.send(new ListBucketsCommand({ Prefix: 'annas-f' }));
    expect(Buckets).toEqual([{ Name: 'annas-first', CreationDate: expect.any(Date), BucketRegion: 'us-east-1' }]);
    expect((await s3.clientOf(ben).send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
  });

  it.each([
    ['ab'],
    ['a'.repeat(64)],
    ['Upper'],
    ['192.168.5.4'],
    ['-starts'],
    ['ends-'],
    ['two..dots'],
    ['under_score'],
    ['xn--bucket'],
    ['bucket-s3alias'],
  ])('refuses the name %s', async (Bucket) => {
    await expect(client.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'InvalidBucketName',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('takes names of 63 characters, and dots', async () => {
    for (const Bucket of ['a'.repeat(63), 'with.dots', '1.2.3']) {
      await client.send(new CreateBucketCommand({ Bucket }));
      await client.send(new DeleteBucketCommand({ Bucket }));
    }
  });

  it('answers the owner who asks again as us-east-1 does, and tells others that the name is taken', async () => {
    await client.send(new CreateBucketCommand({ Bucket: 'taken' }));
    await client.send(new CreateBucketCommand({ Bucket: 'taken' }));
    await expect(s3.clientOf(ben).send(new CreateBucketCommand({ Bucket: 'taken' }))).rejects.toMatchObject({
      name: 'BucketAlreadyExists',
      $metadata: { httpStatusCode: 409 },
    });
  });

  it.each([
    [
      'a region that is none',
      { CreateBucketConfiguration: { LocationConstraint: 'moon' } },
      'InvalidLocationConstraint',
    ],
    [
      'the region that is never named',
      { CreateBucketConfiguration: { LocationConstraint: 'us-east-1' } },
      'InvalidLocationConstraint',
    ],
    ['a public ACL', { ACL: 'public-read' }, 'InvalidBucketAclWithObjectOwnership'],
    ['ownership that needs ACLs', { ObjectOwnership: 'ObjectWriter' }, 'NotImplemented'],
    ['object lock', { ObjectLockEnabledForBucket: true }, 'NotImplemented'],
    ['tags', { CreateBucketConfiguration: { Tags: [{ Key: 'a', Value: 'b' }] } }, 'NotImplemented'],
  ])('refuses %s', async (_, input, name) => {
    const create = new CreateBucketCommand({ Bucket: 'refused', ...input } as { readonly Bucket: string });
    await expect(client.send(create)).rejects.toMatchObject({ name });
    await expect(client.send(new HeadBucketCommand({ Bucket: 'refused' }))).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('makes buckets of other regions, which are then signed for', async () => {
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
    await client.send(new CreateBucketCommand({ Bucket: 'ireland', CreateBucketConfiguration }));
    const irish = s3.clientOf(anna, { region: 'eu-west-1' });
    const location = await irish.send(new GetBucketLocationCommand({ Bucket: 'ireland' }));
    expect(location.LocationConstraint).toBe('eu-west-1');
    expect((await irish.send(new HeadBucketCommand({ Bucket: 'ireland' }))).BucketRegion).toBe('eu-west-1');
    const repeated = client.send(new CreateBucketCommand({ Bucket: 'ireland', CreateBucketConfiguration }));
    await expect(repeated).rejects.toBeDefined();
  });
});

it('keeps to the region of its endpoint', async () => {
  await using frankfurt = await startStandalone({ region: 'eu-central-1' });
  const local = frankfurt.clientOf(anna);
  const create = (LocationConstraint?: 'eu-central-1' | 'eu-west-1') =>
    local.send(
      new CreateBucketCommand({
        Bucket: 'frankfurt',
        ...(LocationConstraint && { CreateBucketConfiguration: { LocationConstraint } }),
      }),
    );
  // The SDK fills in its own region where none is given, so another is asked for.
  await expect(create('eu-west-1')).rejects.toMatchObject({ name: 'IllegalLocationConstraintException' });
  await create('eu-central-1');
  await expect(create('eu-central-1')).rejects.toMatchObject({
    name: 'BucketAlreadyOwnedByYou',
    $metadata: { httpStatusCode: 409 },
  });
});

it('lists buckets page by page', async () => {
  await using own = await startStandalone();
  const lister = own.clientOf(anna);
  for (const Bucket of ['b-2', 'b-1', 'b-3', 'c-1']) await lister.send(new CreateBucketCommand({ Bucket }));
  const names: (string | undefined)[][] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await lister.send(new ListBucketsCommand({ MaxBuckets: 2, Prefix: 'b-', ContinuationToken }));
    names.push((page.Buckets ?? []).map(({ Name }) => Name));
    ContinuationToken = page.ContinuationToken;
  } while (ContinuationToken !== undefined);
  expect(names).toEqual([['b-1', 'b-2'], ['b-3']]);
  await expect(lister.send(new ListBucketsCommand({ MaxBuckets: 0 }))).rejects.toMatchObject({
    name: 'InvalidArgument',
  });
});
