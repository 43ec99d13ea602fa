import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecretsManagerClient, type SecretsManagerClientConfig } from '@aws-sdk/client-secrets-manager';
import { afterAll } from 'vitest';
import type { AccessRequest, Decision } from '../../../../local/iam/types.ts';
import type { SecretPlan } from '../../../../local/secrets/plan.ts';
import { type LocalSecretsManager, startLocalSecretsManager } from '../../../../local/secrets/server.ts';
import { movableClock, signingBy } from '../../../support/clock.ts';

export const region = 'eu-west-1';
export const credentials = { accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };
export const principal = { arn: 'arn:aws:sts::111122223333:assumed-role/reader/function', accountId: '111122223333' };

const arnOf = (name: string) => `arn:aws:secretsmanager:${region}:111122223333:secret:${name}-AbCdEf`;

let generated = 0;

export const aSecret = (name: string, changes: Partial<SecretPlan> = {}): SecretPlan => ({
  arn: arnOf(name),
  name,
  tags: [{ Key: 'team', Value: 'documents' }],
  rotation: undefined,
  generate: () => {
    generated += 1;
    return `generated-${generated}`.padEnd(64, '.');
  },
  ...changes,
});

/** A local Secrets Manager on a data folder of its own; `authorize` may be changed at any time. */
export const createTestSecretsManager = (...secrets: readonly SecretPlan[]) => {
  const directory = mkdtempSync(join(tmpdir(), 'sealdrop-secrets-'));
  const clock = movableClock();
  const asked: AccessRequest[] = [];
  const clients: SecretsManagerClient[] = [];
  let server: LocalSecretsManager | undefined;
  const test = {
    clock,
    asked,
    authorize: (_: AccessRequest): Decision => ({ allowed: true }),
    start: async (): Promise<LocalSecretsManager> => {
      await server?.close();
      server = await startLocalSecretsManager({
        file: join(directory, 'secrets.sqlite'),
        region,
        secrets,
        clock,
        credentials: (id) => (id === credentials.accessKeyId ? { ...credentials, principal } : undefined),
        authorize: (request) => {
          asked.push(request);
          return test.authorize(request);
        },
      });
      return server;
    },
    client: (config: SecretsManagerClientConfig = {}): SecretsManagerClient => {
      const settings = { endpoint: server?.origin ?? '', region, credentials, maxAttempts: 1, ...config };
      const client = signingBy(clock, new SecretsManagerClient(settings));
      clients.push(client);
      return client;
    },
  };
  afterAll(async () => {
    for (const client of clients) client.destroy();
    await server?.close();
    rmSync(directory, { recursive: true });
  });
  return test;
};
