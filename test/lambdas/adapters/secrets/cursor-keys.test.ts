import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { beforeEach, describe, expect, it } from 'vitest';
import { cursorKeyMaker } from '../../../../lambdas/adapters/secrets/cursor-key.ts';
import { secretCursorKeys } from '../../../../lambdas/adapters/secrets/cursor-keys.ts';
import { movableClock } from '../../../support/clock.ts';

const secretId = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:cursor-key-AbCdEf';
const idOf = (version: string) => cursorKeyMaker.keyOf(version, 'x'.repeat(64)).id;

interface Answer {
  readonly VersionId?: string;
  readonly SecretString?: string;
}

const answer = (version: string): Answer => ({ VersionId: version, SecretString: `key of ${version}`.padEnd(64, '.') });

const awsError = (name: string): Error => Object.assign(new Error(`said of ${secretId}`), { name });

let stages: Record<string, Answer | Error>;
let calls: number;
let clock = movableClock();

/** The SDK's client with the network taken away. */
const client = (): SecretsManagerClient => {
  const made = new SecretsManagerClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  made.send = (async (command: GetSecretValueCommand) => {
    expect(command).toBeInstanceOf(GetSecretValueCommand);
    expect(command.input.SecretId).toBe(secretId);
    calls += 1;
    const said = stages[command.input.VersionStage ?? ''] ?? awsError('ResourceNotFoundException');
    if (said instanceof Error) throw said;
    return said;
  }) as typeof made.send;
  return made;
};

const keys = () => secretCursorKeys({ client: client(), secretId }, clock);
const rotate = (next: string, current: string) => {
  stages = { AWSCURRENT: answer(next), AWSPREVIOUS: answer(current) };
};

beforeEach(() => {
  clock = movableClock();
  calls = 0;
  rotate('v2', 'v1');
});

describe('the keys for cursors', () => {
  it('are the current and the previous, and no other', async () => {
    const cursorKeys = keys();
    expect((await cursorKeys.current()).id).toBe(idOf('v2'));
    expect((await cursorKeys.find(idOf('v1')))?.id).toBe(idOf('v1'));
    expect(await cursorKeys.find(idOf('v0'))).toBeUndefined();
  });

  it('are the current alone where nothing was rotated yet', async () => {
    stages = { AWSCURRENT: answer('v1') };
    expect((await keys().current()).id).toBe(idOf('v1'));
  });

  it('are read once for requests that come together, and kept for five minutes', async () => {
    const cursorKeys = keys();
    await Promise.all([cursorKeys.current(), cursorKeys.find(idOf('v1')), cursorKeys.current()]);
    clock.advance(299_000);
    await cursorKeys.current();
    expect(calls).toBe(2);

    rotate('v3', 'v2');
    clock.advance(1_000);
    expect((await cursorKeys.current()).id).toBe(idOf('v3'));
    expect(calls).toBe(4);
  });

  it('are read again for a key made since, so that no cursor is refused after a rotation', async () => {
    const cursorKeys = keys();
    await cursorKeys.current();
    rotate('v3', 'v2');
    expect((await cursorKeys.find(idOf('v3')))?.id).toBe(idOf('v3'));
    expect((await cursorKeys.current()).id).toBe(idOf('v3'));
  });

  it('are read again no more than once a second for keys that nobody has', async () => {
    const cursorKeys = keys();
    for (let tries = 0; tries < 20; tries += 1) await cursorKeys.find(idOf(`forged ${tries}`));
    expect(calls).toBe(4);
    clock.advance(1_000);
    await cursorKeys.find(idOf('forged'));
    expect(calls).toBe(6);
  });

  it.each([
    ['is missing', awsError('ResourceNotFoundException'), 'ResourceNotFoundException'],
    ['is marked for deletion', awsError('InvalidRequestException'), 'InvalidRequestException'],
    ['cannot be decrypted', awsError('DecryptionFailure'), 'DecryptionFailure'],
    ['is no key', { VersionId: 'v1', SecretString: 'short' }, 'UnusableKeyError'],
    ['is empty', { VersionId: 'v1' }, 'UnusableKeyError'],
  ])('say to operators what to do where the secret %s', async (_, said, cause) => {
    stages = { AWSCURRENT: said };
    await expect(keys().current()).rejects.toMatchObject({
      name: 'CursorKeysUnavailableError',
      message: expect.stringContaining(`cannot be read from ${secretId}. Restore the secret, or rotate it.`),
      $retryable: {},
      cause: { name: cause },
    });
  });

  it.each(['AWSCURRENT', 'AWSPREVIOUS'])(
    'leave other errors of %s as they are, and are read anew after one',
    async (stage) => {
      const cursorKeys = keys();
      stages[stage] = awsError('AccessDeniedException');
      await expect(cursorKeys.current()).rejects.toMatchObject({ name: 'AccessDeniedException' });
      rotate('v2', 'v1');
      expect((await cursorKeys.current()).id).toBe(idOf('v2'));
    },
  );
});

describe('a key for cursors', () => {
  it('seals for those that have it, and for nobody else', () => {
    const key = cursorKeyMaker.keyOf('v1', 'k'.repeat(64));
    const seal = key.sign('message');
    // As any other HMAC-SHA-256 of the secret's text says.
    expect(Buffer.from(seal).toString('hex')).toBe('890f3a16e0ca0aaa3bf180f70fa8e3970b3fd6505e98fde157988dcc19d1685c');
    expect(key.verify('message', seal)).toBe(true);
    for (const wrong of [new Uint8Array(32), seal.subarray(1), new Uint8Array(0)])
      expect(key.verify('message', wrong)).toBe(false);
    expect(key.verify('massage', seal)).toBe(false);
    expect(cursorKeyMaker.keyOf('v1', 'l'.repeat(64)).verify('message', seal)).toBe(false);
  });

  it('is made of 64 characters, never the same', () => {
    const made = Array.from({ length: 50 }, () => cursorKeyMaker.generate());
    for (const text of made) expect(text).toMatch(/^[A-Za-z0-9_-]{64}$/);
    expect(new Set(made).size).toBe(50);
  });
});
