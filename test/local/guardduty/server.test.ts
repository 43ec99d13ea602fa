import { GuardDutyClient, ListDetectorsCommand, SendObjectMalwareScanCommand } from '@aws-sdk/client-guardduty';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../local/clock.ts';
import { startLocalGuardDuty } from '../../../local/guardduty/server.ts';
import type { AccessRequest, Decision } from '../../../local/iam/types.ts';
import { shiftedClock } from '../../support/clock.ts';
import { credentials, principal, region } from '../s3/support/server.ts';
import { planConfig, waitingScans } from './support/protected-s3.ts';

const object = { Bucket: planConfig.bucketName, Key: 'elsewhere/1', VersionId: 'version' };

const startServer = async (decision: Decision = { allowed: true }, clock?: Clock) => {
  const asked: AccessRequest[] = [];
  const waiting = waitingScans();
  const server = await startLocalGuardDuty({
    plans: [planConfig],
    queue: waiting.queue,
    region,
    ...(clock && { clock }),
    credentials: (id) => (id === credentials.accessKeyId ? { ...credentials, principal } : undefined),
    authorize: (request) => {
      asked.push(request);
      return decision;
    },
  });
  const clientWith = (secretAccessKey: string) =>
    new GuardDutyClient({
      endpoint: server.origin,
      region,
      credentials: { ...credentials, secretAccessKey },
      maxAttempts: 1,
    });
  return {
    asked,
    origin: server.origin,
    client: clientWith(credentials.secretAccessKey),
    impostor: clientWith('another'),
    scans: () => waiting.queue.receive(10).map(({ body }) => JSON.parse(body)),
    [Symbol.asyncDispose]: async () => {
      await server.close();
      waiting.close();
    },
  };
};

describe('SendObjectMalwareScan', () => {
  it('has a version scanned, also one that the prefixes of the plan leave out', async () => {
    await using guardDuty = await startServer();
    await guardDuty.client.send(new SendObjectMalwareScanCommand({ S3Object: object }));
    const { VersionId: _, ...newest } = object;
    await guardDuty.client.send(new SendObjectMalwareScanCommand({ S3Object: newest }));
    expect(guardDuty.scans()).toEqual([
      { bucketName: object.Bucket, key: object.Key, versionId: 'version' },
      { bucketName: object.Bucket, key: object.Key },
    ]);
    expect(guardDuty.asked[0]).toMatchObject({
      principal,
      action: 'guardduty:SendObjectMalwareScan',
      resource: '*',
    });
  });

  it('is asked for again by a client whose clock was moved, because answers tell the same time', async () => {
    const clock = shiftedClock();
    clock.advance(3_600_000);
    await using guardDuty = await startServer({ allowed: true }, clock);
    const answer = await fetch(guardDuty.origin);
    expect(Date.parse(answer.headers.get('date') ?? '') - Date.now()).toBeGreaterThan(3_590_000);
  });

  it('is for whoever may, and signs', async () => {
    await using guardDuty = await startServer({ allowed: false, reason: 'implicit-deny' });
    const command = new SendObjectMalwareScanCommand({ S3Object: object });
    await expect(guardDuty.client.send(command)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 403 },
    });
    await expect(guardDuty.impostor.send(command)).rejects.toMatchObject({ name: 'InvalidSignatureException' });
    const unsigned = await fetch(`${guardDuty.origin}/object-malware-scan/send`, { method: 'POST', body: '{}' });
    expect(unsigned.status).toBe(403);
    expect(guardDuty.asked).toHaveLength(1);
    expect(guardDuty.scans()).toEqual([]);
  });

  it.each([
    ['a bucket without a plan', { ...object, Bucket: 'other' }, /other has no Malware Protection plan/],
    ['an object without a key', { ...object, Key: '' }, /s3Object.key/],
    ['no object', undefined, /s3Object/],
  ])('refuses %s', async (_, S3Object, message) => {
    await using guardDuty = await startServer();
    await expect(guardDuty.client.send(new SendObjectMalwareScanCommand({ S3Object }))).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringMatching(message),
      $metadata: { httpStatusCode: 400 },
    });
    expect(guardDuty.scans()).toEqual([]);
  });
});

it('refuses every other call by name', async () => {
  await using guardDuty = await startServer();
  await expect(guardDuty.client.send(new ListDetectorsCommand({}))).rejects.toMatchObject({
    name: 'NotImplemented',
    message: expect.stringContaining('GET /detector'),
    $metadata: { httpStatusCode: 501 },
  });
});

it('has nothing for the pages of browsers', async () => {
  await using guardDuty = await startServer();
  const headers = { origin: 'https://example.com' };
  const answer = await fetch(`${guardDuty.origin}/object-malware-scan/send`, { method: 'POST', headers, body: '{}' });
  expect(answer.status).toBe(403);
  expect(await answer.text()).toBe('');
});
