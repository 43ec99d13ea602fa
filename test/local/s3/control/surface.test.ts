import { request } from 'node:http';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { createFaults } from '../../../../local/s3/control/faults.ts';
import { bucketName as Bucket, startTestS3, versioned } from '../support/server.ts';

const start = async () => {
  const s3 = await startTestS3({ control: { port: 0 } });
  const url = `${s3.controlOrigin}/_control/faults`;
  const send = async (method: string, body?: unknown, path = '', headers: Record<string, string> = {}) => {
    const answer = await fetch(url + path, {
      method,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) };
  };
  const put = () => s3.client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'content' }));
  return { s3, url, send, put };
};

describe('the control surface', () => {
  it('is not there unless it was asked for: no port, and nothing on the port of S3', async () => {
    await using s3 = await startTestS3();
    expect(s3.controlOrigin).toBeUndefined();
    const answer = await fetch(`${s3.origin}/_control/faults`);
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('<Code>AccessDenied</Code>')]);
  });

  it('stops the start where its port is taken, and says so', async () => {
    await using other = await startTestS3();
    const port = Number(new URL(other.origin).port);
    await expect(startTestS3({ control: { port } })).rejects.toThrow(/\d+, where the control surface would be,/);
  });

  it('is not on the port of S3 where it is there, nor open after the stop', async () => {
    const { s3, url } = await start();
    await using _ = s3;
    expect(new URL(url).port).not.toBe(new URL(s3.origin).port);
    expect((await fetch(`${s3.origin}/_control/faults`)).status).toBe(403);
    await s3.stop();
    await expect(fetch(url)).rejects.toThrow();
  });

  it('arms, shows and takes back faults', async () => {
    const { s3, send, put } = await start();
    await using _ = s3;
    const command = { kind: 'fail', operation: 'PutObject', code: 'SlowDown', count: 2 };
    const armed = { id: 1, left: 2, command: { ...command, when: 'before', seed: 1, share: 1 } };
    expect(await send('POST', command)).toMatchObject({ status: 201, body: armed });
    await expect(put()).rejects.toMatchObject({ name: 'SlowDown' });
    expect((await send('GET')).body).toEqual({ faults: [{ ...armed, left: 1 }] });
    expect((await send('DELETE', undefined, '/1')).status).toBe(204);
    expect((await send('DELETE', undefined, '/1')).status).toBe(404);
    await put();
    await send('POST', command);
    expect((await send('DELETE')).status).toBe(204);
    expect((await send('GET')).body).toEqual({ faults: [] });
  });

  it('runs the lifecycle rules', async () => {
    let now = new Date();
    const lifecycle = [{ id: 'all', status: 'Enabled', filter: {}, expiration: { days: 1 } } as const];
    const buckets = [{ ...versioned, versioning: false, lifecycle }];
    await using s3 = await startTestS3({ control: { port: 0 }, buckets, clock: { now: () => now } });
    await s3.client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'content' }));
    now = new Date(now.getTime() + 2 * 24 * 60 * 60 * 1000);
    expect((await fetch(`${s3.controlOrigin}/_control/lifecycle`, { method: 'POST' })).status).toBe(204);
    s3.client.config.systemClockOffset = now.getTime() - Date.now();
    await expect(s3.client.send(new PutObjectCommand({ Bucket, Key: 'k', IfMatch: '"x"' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
  });

  it.each<[unknown, RegExp]>([
    ['{', /command: /],
    [{ kind: 'explode' }, /kind: /],
    [{ kind: 'fail', code: 'Nope' }, /code: /],
    [{ kind: 'fail', code: 'SlowDown', operation: 'PutObjects' }, /operation: /],
    [{ kind: 'fail', code: 'SlowDown', count: 0 }, /count: /],
    [{ kind: 'fail', code: 'SlowDown', delay: 1 }, /command: .*delay/],
    [{ kind: 'cut', body: 'request', afterBytes: -1 }, /afterBytes: /],
    [{ kind: 'slow' }, /command: .*latencyMs or bytesPerSecond/],
  ])('says what is wrong with %j, and arms nothing', async (command, message) => {
    const { s3, send } = await start();
    await using _ = s3;
    const answer = await send('POST', command);
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringMatching(message) } });
    expect((await send('GET')).body).toEqual({ faults: [] });
  });

  it('names what it knows where it is asked for anything else', async () => {
    const { s3, send } = await start();
    await using _ = s3;
    expect(await send('PUT')).toMatchObject({ status: 404, body: { error: expect.stringContaining('GET, POST') } });
    expect((await send('POST', {}, '', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await send('POST', `"${'x'.repeat(70_000)}"`)).status).toBe(413);
  });
});

describe('a web page', () => {
  it.each<[string, Record<string, string>]>([
    ['by another name', { host: 'rebound.example' }],
    ['by a name that begins like ours', { host: 'localhost.example' }],
    ['from its own origin', { origin: 'https://evil.example' }],
    ['from an origin on this machine', { origin: 'http://127.0.0.1:8080' }],
  ])('that comes %s is refused, and CORS allows it nothing', async (_, headers) => {
    const { s3, url } = await start();
    await using __ = s3;
    for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS']) {
      const answer = await new Promise<{ status: number | undefined; names: readonly string[] }>((resolve, reject) => {
        request(url, { method, headers }, (incoming) => {
          resolve({ status: incoming.resume().statusCode, names: Object.keys(incoming.headers) });
        })
          .on('error', reject)
          .end();
      });
      expect(answer.status).toBe(403);
      expect(answer.names.filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });
});

it('shares its faults with a test in the same process', async () => {
  const faults = createFaults();
  await using s3 = await startTestS3({ faults, control: { port: 0 } });
  faults.arm({ kind: 'drop-events', count: 3, seed: 1, share: 1 });
  expect(await (await fetch(`${s3.controlOrigin}/_control/faults`)).json()).toMatchObject({ faults: [{ left: 3 }] });
});
