import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { StorageSettingsError, secretStorageSettings } from '../../../../lambdas/adapters/secrets/storage-settings.ts';
import { apiEvent } from '../../../support/api-event.ts';
import { answer, declared, post, useCase } from '../../../support/api-handler.ts';
import { movableClock } from '../../../support/clock.ts';

const secretId = 'report-storage';
const right = { bucket_name: 'bucket', region: 'eu-central-1', retention_days: 365 };
const secrets = mockClient(SecretsManagerClient);
const say = (value: object) =>
  secrets
    .on(GetSecretValueCommand, { SecretId: secretId, VersionStage: 'AWSCURRENT' })
    .resolves({ SecretString: JSON.stringify(value) });

const build = () => {
  const clock = movableClock();
  const deployed = { bucketName: 'bucket', region: 'eu-central-1', encryption: 's3' } as const;
  const client = new SecretsManagerClient({ region: 'eu-central-1' });
  return { clock, source: secretStorageSettings({ client, secretId }, deployed, clock) };
};

beforeEach(() => secrets.reset());

describe('the settings of a secret', () => {
  it('are read once by all who need them, and again after five minutes', async () => {
    say(right);
    const { clock, source } = build();
    expect(await Promise.all([source.current(), source.current()])).toEqual(Array(2).fill({ retentionDays: 365 }));
    clock.advance(299_999);
    await source.current();
    expect(secrets.calls()).toHaveLength(1);
    say({ ...right, retention_days: 400 });
    clock.advance(1);
    expect(await source.current()).toEqual({ retentionDays: 400 });
  });

  it('that are wrong are told by field, and looked at again at the next request', async () => {
    say({ ...right, bucket_name: 'SECRET', region: 'SECRET' });
    const { source } = build();
    await expect(source.current()).rejects.toMatchObject({ wrongFields: ['bucket_name', 'region'] });
    say(right);
    expect(await source.current()).toEqual({ retentionDays: 365 });
  });

  it('that cannot be read are told as that', async () => {
    secrets.on(GetSecretValueCommand).rejects(Object.assign(new Error('no'), { name: 'ResourceNotFoundException' }));
    await expect(build().source.current()).rejects.toMatchObject({
      name: 'StorageSettingsError',
      wrongFields: [],
      cause: { name: 'ResourceNotFoundException' },
    });
  });
});

it('a request that met wrong settings is answered 503, and the log names the fields and no value', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  say({ ...right, bucket_name: 'SECRET', region: 'SECRET' });
  const { source } = build();
  useCase.mockImplementation(() => source.current());
  const { statusCode, body } = await answer(post, apiEvent({ body: JSON.stringify(declared) }));
  expect(statusCode).toBe(503);
  const line = JSON.stringify(log.mock.calls);
  expect(line).toContain(StorageSettingsError.name);
  expect(line).toContain('bucket_name, region');
  expect(line + JSON.stringify(body)).not.toContain('SECRET');
});
