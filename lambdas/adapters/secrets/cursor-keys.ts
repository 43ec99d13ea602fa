import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { CursorKey } from '../../domain/cursor.ts';
import type { Clock, CursorKeys } from '../../ports.ts';
import { cursorKeyMaker } from './cursor-key.ts';

/** How long a warm function uses keys before it looks again. */
const ageSecondsMax = 300;

/** How often an unknown key may make it look before that: just after a rotation it is one of ours, else a forgery. */
const lookAgainSecondsMin = 1;

/**
 * The secret is missing, marked for deletion, cannot be decrypted or is no key: for an operator to put right. Callers
 * are told to come again.
 */
export class CursorKeysUnavailableError extends Error {
  /** As the SDK marks errors that may pass, so that the answer is a 503. */
  readonly $retryable = {};

  constructor(secretId: string, cause: unknown) {
    super(`The key for cursors cannot be read from ${secretId}. Restore the secret, or rotate it.`, { cause });
    this.name = 'CursorKeysUnavailableError';
  }
}

const forOperators = new Set([
  'ResourceNotFoundException',
  'InvalidRequestException',
  'DecryptionFailure',
  'UnusableKeyError',
]);

const isNamed = (cause: unknown, names: ReadonlySet<string>): boolean =>
  cause instanceof Error && names.has(cause.name);

const notThere = new Set(['ResourceNotFoundException']);

interface Source {
  readonly client: SecretsManagerClient;
  readonly secretId: string;
}

const readKey = async ({ client, secretId }: Source, stage: 'AWSCURRENT' | 'AWSPREVIOUS'): Promise<CursorKey> => {
  const { VersionId = '', SecretString = '' } = await client.send(
    new GetSecretValueCommand({ SecretId: secretId, VersionStage: stage }),
  );
  return cursorKeyMaker.keyOf(VersionId, SecretString);
};

/** Before the first rotation there is no previous key. */
const readPrevious = async (source: Source): Promise<CursorKey | undefined> => {
  try {
    return await readKey(source, 'AWSPREVIOUS');
  } catch (cause) {
    if (isNamed(cause, notThere)) return undefined;
    throw cause;
  }
};

const readKeys = async (source: Source): Promise<readonly [CursorKey, ...CursorKey[]]> => {
  try {
    const [current, previous] = await Promise.all([readKey(source, 'AWSCURRENT'), readPrevious(source)]);
    return previous === undefined ? [current] : [current, previous];
  } catch (cause) {
    throw isNamed(cause, forOperators) ? new CursorKeysUnavailableError(source.secretId, cause) : cause;
  }
};

/** The keys from Secrets Manager, read when first needed and kept for five minutes. */
export const secretCursorKeys = (source: Source, clock: Clock): CursorKeys => {
  const now = (): number => clock.now().getTime() / 1000;
  let kept: { readonly keys: Awaited<ReturnType<typeof readKeys>>; readonly readAt: number } | undefined;
  let reading: ReturnType<typeof readKeys> | undefined;
  let lookedAgainAt = Number.NEGATIVE_INFINITY;

  const read = async () => {
    const readAt = now();
    const keys = await readKeys(source);
    kept = { keys, readAt };
    return keys;
  };
  /** Requests that come meanwhile wait for the same answer. */
  const readOnce = () => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const keys = async () => (kept !== undefined && now() - kept.readAt < ageSecondsMax ? kept.keys : readOnce());

  return {
    current: async () => (await keys())[0],
    find: async (keyId) => {
      const isIt = ({ id }: CursorKey) => id === keyId;
      const known = (await keys()).find(isIt);
      if (known !== undefined || now() - lookedAgainAt < lookAgainSecondsMin) return known;
      lookedAgainAt = now();
      return (await readOnce()).find(isIt);
    },
  };
};
