import aws4 from 'aws4';
import { AwsClient } from 'aws4fetch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRaw } from '../support/raw.ts';
import { bucketName, key, region, type ServerForClients, specialKeys, startForClients } from './server.ts';

let s3: ServerForClients;
beforeAll(async () => {
  s3 = await startForClients();
});
afterAll(() => s3[Symbol.asyncDispose]());

interface Sent {
  readonly status: number;
  readonly body: string;
}
type Send = (method: string, path: string, body?: string) => Promise<Sent>;

const pathOf = (objectKey: string): string =>
  `/${bucketName}/${objectKey.split('/').map(encodeURIComponent).join('/')}`;

const byAws4 =
  (signQuery: boolean): Send =>
  async (method, path, body) => {
    const { host } = new URL(s3.origin);
    const request = { service: 's3', region, host, method, path, signQuery, ...(body !== undefined && { body }) };
    const signed = aws4.sign(request, key);
    const headers = signed.headers as Record<string, string>;
    return sendRaw(`${s3.origin}${signed.path}`, { method, headers, ...(body !== undefined && { body }) });
  };

const byAws4fetch =
  (signQuery: boolean): Send =>
  async (method, path, body) => {
    const client = new AwsClient({ ...key, region, service: 's3', retries: 0 });
    const init = { method, aws: { signQuery }, ...(body !== undefined && { body }) };
    const answer = await client.fetch(`${s3.origin}${path}`, init);
    return { status: answer.status, body: await answer.text() };
  };

describe.each([
  ['aws4, in headers', byAws4(false)],
  ['aws4, in the query', byAws4(true)],
  ['aws4fetch, in headers', byAws4fetch(false)],
  ['aws4fetch, in the query', byAws4fetch(true)],
])('%s', (_name, send) => {
  it('makes a bucket, and is told that it has it', async () => {
    const location = `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
    const answer = await send('PUT', `/${bucketName}`, location);
    expect(answer.status === 200 || answer.body.includes('<Code>BucketAlreadyOwnedByYou</Code>')).toBe(true);
    expect(await send('HEAD', `/${bucketName}`)).toMatchObject({ status: 200 });
  });

  it.each(specialKeys)('puts, gets, lists and deletes %s', async (objectKey) => {
    const path = pathOf(objectKey);
    expect(await send('PUT', path, `body of ${objectKey}`)).toMatchObject({ status: 200 });
    expect(await send('GET', path)).toEqual(expect.objectContaining({ status: 200, body: `body of ${objectKey}` }));
    const list = await send(
      'GET',
      `/${bucketName}?list-type=2&encoding-type=url&prefix=${encodeURIComponent(objectKey)}`,
    );
    const listed = /<Contents><Key>([^<]*)/.exec(list.body)?.[1] ?? '';
    expect(decodeURIComponent(listed.replaceAll('+', ' '))).toBe(objectKey);
    expect(await send('DELETE', path)).toMatchObject({ status: 204 });
    expect(await send('GET', path)).toMatchObject({ status: 404 });
  });
});

it('aws4 speaks virtual-host style', async () => {
  const host = `${bucketName}.s3.localhost:${new URL(s3.origin).port}`;
  const send = (method: string, body?: string) => {
    const request = { service: 's3', region, host, method, path: '/virtual/host.txt', ...(body && { body }) };
    const headers = aws4.sign(request, key).headers as Record<string, string>;
    return sendRaw(`${s3.origin}/virtual/host.txt`, { method, headers, ...(body && { body }) });
  };
  expect(await send('PUT', 'hello')).toMatchObject({ status: 200 });
  expect(await send('GET')).toMatchObject({ status: 200, body: 'hello' });
  expect(await byAws4(false)('GET', pathOf('virtual/host.txt'))).toMatchObject({ status: 200, body: 'hello' });
});
