import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { buildDocuments } from '../../../../lambdas/runtime/container/aws.ts';

let connections = 0;
const silent = createServer(() => {
  connections += 1;
});

beforeAll(async () => {
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', `http://127.0.0.1:${(silent.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});
afterAll(() => {
  vi.unstubAllEnvs();
  silent.close();
});

it('a table that takes the call and never answers is given up, after one more try', async () => {
  const find = buildDocuments('documents').find({ tenantId: 't', documentId: 'd' });
  await expect(find).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(connections).toBe(2);
});
