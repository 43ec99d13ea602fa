import {
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { s3Objects } from '../../../../lambdas/adapters/s3/objects.ts';

const client = new S3Client({ region: 'eu-central-1' });
const s3 = mockClient(client);
const objects = s3Objects(client, 'the-bucket');
const ref = { key: 'documents/t/57/x', versionId: 'v1' };
const version = { Bucket: 'the-bucket', Key: ref.key, VersionId: 'v1' };

const failure = (httpStatusCode: number) =>
  new S3ServiceException({ name: 'E', $fault: 'client', message: 'm', $metadata: { httpStatusCode } });

beforeEach(() => {
  s3.reset();
  s3.on(GetObjectTaggingCommand).resolves({ TagSet: [{ Key: 'sealdrop-state', Value: 'incoming' }] });
});

describe('an object of S3', () => {
  it('is described with its checksum, asked of exactly this version', async () => {
    s3.on(HeadObjectCommand, { ...version, ChecksumMode: 'ENABLED' }).resolves({
      ContentLength: 3,
      ChecksumSHA256: 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=',
      ContentEncoding: 'gzip',
      ETag: '"e"',
    });
    expect(await objects.head(ref)).toEqual({
      sizeBytes: 3,
      checksum: {
        algorithm: 'SHA256',
        type: 'FULL_OBJECT',
        value: 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=',
      },
      contentEncoding: 'gzip',
      etag: '"e"',
    });
  });

  it('of parts is told from one of which the whole is hashed, with S3 saying so or not', async () => {
    s3.on(HeadObjectCommand)
      .resolvesOnce({ ContentLength: 3, ChecksumSHA256: 'ungWv48Bz+pBQUDeXa4iIw==-2' })
      .resolvesOnce({ ContentLength: 3, ChecksumSHA256: 'ungWv48Bz+pBQUDeXa4iIw==-2', ChecksumType: 'COMPOSITE' })
      .resolvesOnce({ ContentLength: 3, ChecksumCRC64NVME: 'rosUhgp5mII=', ChecksumType: 'FULL_OBJECT' });
    const composite = { algorithm: 'SHA256', type: 'COMPOSITE', value: 'ungWv48Bz+pBQUDeXa4iIw==' };
    expect((await objects.head(ref))?.checksum).toEqual(composite);
    expect((await objects.head(ref))?.checksum).toEqual(composite);
    const whole = { algorithm: 'CRC64NVME', type: 'FULL_OBJECT', value: 'rosUhgp5mII=' };
    expect((await objects.head(ref))?.checksum).toEqual(whole);
  });

  it('without a checksum of ours has none', async () => {
    s3.on(HeadObjectCommand).resolves({ ContentLength: 3, ChecksumCRC32: 'NhCmhg==' });
    expect((await objects.head(ref))?.checksum).toBeUndefined();
  });

  it.each([404, 405])('that S3 answers with %i is gone', async (status) => {
    s3.on(HeadObjectCommand).rejects(failure(status));
    s3.on(PutObjectTaggingCommand).rejects(failure(status));
    expect(await objects.head(ref)).toBeUndefined();
    expect(await objects.setState(ref, 'available')).toBe(false);
  });

  it.each([403, 500, 503])('that S3 answers with %i is not gone: the error is thrown', async (status) => {
    s3.on(HeadObjectCommand).rejects(failure(status));
    s3.on(PutObjectTaggingCommand).rejects(failure(status));
    await expect(objects.head(ref)).rejects.toThrow();
    await expect(objects.setState(ref, 'available')).rejects.toThrow();
  });

  it('gets its state as a tag on exactly this version', async () => {
    s3.on(PutObjectTaggingCommand).resolves({});
    expect(await objects.setState(ref, 'rejected')).toBe(true);
    expect(s3.commandCalls(PutObjectTaggingCommand)[0]?.args[0].input).toEqual({
      ...version,
      Tagging: { TagSet: [{ Key: 'sealdrop-state', Value: 'rejected' }] },
    });
  });

  it('keeps its other tags, the scanner’s among them', async () => {
    s3.on(GetObjectTaggingCommand, version).resolves({
      TagSet: [
        { Key: 'sealdrop-state', Value: 'incoming' },
        { Key: 'GuardDutyMalwareScanStatus', Value: 'NO_THREATS_FOUND' },
      ],
    });
    s3.on(PutObjectTaggingCommand).resolves({});
    await objects.setState(ref, 'available');
    expect(s3.commandCalls(PutObjectTaggingCommand)[0]?.args[0].input.Tagging?.TagSet).toEqual([
      { Key: 'GuardDutyMalwareScanStatus', Value: 'NO_THREATS_FOUND' },
      { Key: 'sealdrop-state', Value: 'available' },
    ]);
    expect(await objects.verdict(ref)).toBe('NO_THREATS_FOUND');
  });

  it('is not tagged again where its state is right', async () => {
    expect(await objects.setState(ref, 'incoming')).toBe(true);
    expect(s3.commandCalls(PutObjectTaggingCommand)).toEqual([]);
  });

  it.each([undefined, 'CLEAN', ''])('has no verdict where the scanner’s tag says %s', async (Value) => {
    const TagSet = Value === undefined ? [] : [{ Key: 'GuardDutyMalwareScanStatus', Value }];
    s3.on(GetObjectTaggingCommand).resolves({ TagSet });
    expect(await objects.verdict(ref)).toBeUndefined();
  });

  it('is read from its start, bounded', async () => {
    const Body = { transformToByteArray: async () => new Uint8Array([1, 2]) };
    s3.on(GetObjectCommand, { ...version, Range: 'bytes=0-4099' }).resolves({ Body } as never);
    expect(await objects.readStart(ref, 4100)).toEqual(new Uint8Array([1, 2]));
  });
});
