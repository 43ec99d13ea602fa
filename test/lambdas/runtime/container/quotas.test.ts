import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildQuotas } from '../../../../lambdas/runtime/container/quotas.ts';

let calls = 0;
/** Takes every call, and then is at its end: nobody knows whether it was done. */
const failing = createServer((request, response) => {
  calls += 1;
  request.resume().on('end', () => response.writeHead(500).end());
});

beforeAll(async () => {
  failing.listen(0, '127.0.0.1');
  await once(failing, 'listening');
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', `http://127.0.0.1:${(failing.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});
beforeEach(() => {
  calls = 0;
});
afterAll(() => {
  vi.unstubAllEnvs();
  failing.closeAllConnections();
  failing.close();
});

describe('a counter whose table takes the call and says nothing of it', () => {
  const ref = { tenantId: 'north-clinic' };
  const at = new Date('2026-11-24T00:00:00Z');

  it('is lowered by one call and no second: done twice it would count too little', async () => {
    await expect(buildQuotas('documents').release(ref, 1, at)).rejects.toThrow();
    expect(calls).toBe(1);
  });

  it('is raised by a second call: done twice it counts too much, until the recount', async () => {
    await expect(buildQuotas('documents').reserve(ref, 1, undefined, at)).rejects.toThrow();
    expect(calls).toBe(2);
  });
});
