import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type DeployedStorage, type StorageSettings, storageSettingsOf } from '../../../contract/storage-settings.ts';
import type { Clock, StorageSettingsSource } from '../../ports.ts';

/** How long a warm function uses settings before it looks again. */
const ageSecondsMax = 300;

/**
 * The secret cannot be read or says what cannot be used: for an operator to put right. `wrongFields` are their names,
 * none where it cannot be read; what they say is told to nobody.
 */
export class StorageSettingsError extends Error {
  /** As the SDK marks errors that may pass, so that the answer is a 503: nothing is wrong with what callers sent. */
  readonly $retryable = {};
  readonly wrongFields: readonly string[];

  constructor(wrongFields: readonly string[], cause?: unknown) {
    super('The secret with the storage settings cannot be used. Check it with npm run -s check-storage-settings.', {
      cause,
    });
    this.name = 'StorageSettingsError';
    this.wrongFields = wrongFields;
  }
}

interface Source {
  readonly client: SecretsManagerClient;
  readonly secretId: string;
}

const read = async ({ client, secretId }: Source): Promise<string> => {
  try {
    const { SecretString = '' } = await client.send(
      new GetSecretValueCommand({ SecretId: secretId, VersionStage: 'AWSCURRENT' }),
    );
    return SecretString;
  } catch (cause) {
    throw new StorageSettingsError([], cause);
  }
};

/**
 * Storage settings from Secrets Manager, read when first needed and kept for five minutes. What is wrong is not kept:
 * once it is put right, the next request goes well.
 */
export const secretStorageSettings = (
  source: Source,
  deployed: DeployedStorage,
  clock: Clock,
): StorageSettingsSource => {
  let kept: { readonly at: number; readonly settings: Promise<StorageSettings> } | undefined;

  const readNow = async (): Promise<StorageSettings> => {
    const settings = storageSettingsOf(await read(source), deployed);
    if (settings.ok) return settings.value;
    throw new StorageSettingsError(settings.failure.map(({ field }) => field));
  };

  return {
    current: () => {
      const at = clock.now().getTime();
      if (kept !== undefined && at - kept.at < ageSecondsMax * 1000) return kept.settings;
      const reading = { at, settings: readNow() };
      kept = reading;
      reading.settings.catch(() => {
        if (kept === reading) kept = undefined;
      });
      return reading.settings;
    },
  };
};
