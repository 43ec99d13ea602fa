import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  RotateSecretCommand,
  type SecretsManagerClientConfig,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Decision } from '../../../local/iam/types.ts';
import { aSecret, createTestSecretsManager, credentials, principal } from './support/server.ts';

const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:rotate';
const plan = aSecret('cursor-key', { rotation: { functionArn, intervalDays: 90, immediately: true } });
const manager = createTestSecretsManager(plan);
const SecretId = plan.arn;
let origin: string;

beforeAll(async () => {
  ({ origin } = await manager.start());
});

afterEach(() => {
  manager.asked.splice(0);
  manager.authorize = () => ({ allowed: true });
});

const get = (config: SecretsManagerClientConfig = {}, id = SecretId) =>
  manager.client(config).send(new GetSecretValueCommand({ SecretId: id, VersionStage: 'AWSCURRENT' }));

describe('a call to the local Secrets Manager', () => {
  it('is judged by who asks, for what, of which secret', async () => {
    await get({}, 'cursor-key');

    expect(manager.asked).toMatchObject([{ principal, action: 'secretsmanager:GetSecretValue', resource: SecretId }]);
    expect(manager.asked[0]?.conditions).toMatchObject({
      'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/reader',
      'aws:SecureTransport': 'true',
      'aws:ResourceTag/team': 'documents',
      'secretsmanager:ResourceTag/team': 'documents',
      'secretsmanager:SecretId': SecretId,
      'secretsmanager:VersionStage': 'AWSCURRENT',
      'secretsmanager:resource/AllowRotationLambdaArn': functionArn,
    });
  });

  it.each<[string, Decision, string]>([
    [
      'nothing allows',
      { allowed: false, reason: 'implicit-deny' },
      'because no identity-based policy allows the secretsmanager:PutSecretValue action',
    ],
    ['something denies', { allowed: false, reason: 'explicit-deny' }, 'with an explicit deny in a policy'],
  ])('is refused with role, action and secret where %s it, and changes nothing', async (_, decision, because) => {
    const before = await get();
    manager.authorize = ({ action }) => (action.endsWith('PutSecretValue') ? decision : { allowed: true });

    await expect(
      manager.client().send(new PutSecretValueCommand({ SecretId, SecretString: 'x' })),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: ${principal.arn} is not authorized to perform: secretsmanager:PutSecretValue on resource: ${SecretId} ${because}`,
    });
    expect((await get()).VersionId).toBe(before.VersionId);
  });

  it('is refused before it tells whether a secret is there', async () => {
    manager.authorize = () => ({ allowed: false, reason: 'implicit-deny' });
    await expect(get({}, 'none')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it.each<[string, SecretsManagerClientConfig, string]>([
    ['an unknown key', { credentials: { ...credentials, accessKeyId: 'ASIAOTHER' } }, 'UnrecognizedClientException'],
    ['another secret', { credentials: { ...credentials, secretAccessKey: 'other' } }, 'InvalidSignatureException'],
    ['another session token', { credentials: { ...credentials, sessionToken: 'x' } }, 'UnrecognizedClientException'],
    ['a signature for another region', { region: 'eu-west-3' }, 'IncompleteSignatureException'],
    ['an old signature', { systemClockOffset: -16 * 60_000 }, 'InvalidSignatureException'],
  ])('with %s is refused', async (_, config, name) => {
    await expect(get(config)).rejects.toMatchObject({ name });
    expect(manager.asked).toEqual([]);
  });

  it.each([
    ['CreateSecret', new CreateSecretCommand({ Name: 'a', SecretString: 'b' })],
    ['DeleteSecret', new DeleteSecretCommand({ SecretId })],
    ['GetRandomPassword', new GetRandomPasswordCommand({})],
    ['RotateSecret', new RotateSecretCommand({ SecretId })],
  ])('for %s, which it does not do, is refused by name', async (name, command) => {
    await expect(manager.client().send(command as GetSecretValueCommand)).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: expect.stringContaining(name),
    });
  });

  it('with a parameter that it does not do is refused by name', async () => {
    const binary = new PutSecretValueCommand({ SecretId, SecretBinary: Buffer.from('a') });
    await expect(manager.client().send(binary)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(/SecretString|SecretBinary/),
    });
  });

  it('from a page of a browser, or that is no call at all, is not answered', async () => {
    const statuses = await Promise.all(
      [
        fetch(origin, { method: 'POST', headers: { origin: 'https://evil.example' } }),
        fetch(origin, { method: 'OPTIONS', headers: { origin: 'https://evil.example' } }),
        fetch(origin),
        fetch(`${origin}/secret`, { method: 'POST' }),
        fetch(origin, { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) }),
      ].map(async (answer) => (await answer).status),
    );
    expect(statuses).toEqual([403, 403, 404, 404, 413]);
  });
});
