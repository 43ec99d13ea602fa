import { systemClock } from '../../adapters/system.ts';
import type { StorageSettingsSource } from '../../ports.ts';
import { awsCalls } from './aws-calls.ts';
import { required } from './signer.ts';

interface Environment {
  readonly STORAGE_SETTINGS_SECRET_ARN: string;
  readonly BUCKET_NAME: string;
  readonly ENCRYPTION: string;
}

const fromSecret = async (environment: Environment): Promise<StorageSettingsSource> => {
  const [{ SecretsManagerClient }, { secretStorageSettings }] = await Promise.all([
    import('@aws-sdk/client-secrets-manager'),
    import('../../adapters/secrets/storage-settings.ts'),
  ]);
  const deployed = {
    bucketName: environment.BUCKET_NAME,
    region: required('AWS_REGION'),
    encryption: environment.ENCRYPTION === 'kms' ? ('kms' as const) : ('s3' as const),
  };
  const source = { client: new SecretsManagerClient(awsCalls), secretId: environment.STORAGE_SETTINGS_SECRET_ARN };
  return secretStorageSettings(source, deployed, systemClock);
};

/**
 * The settings of the secret, or none where the environment has no secret: then the client that reads it is in the
 * bundle, but nothing of it is ever run.
 */
export const buildStorageSettings = (environment: Environment): StorageSettingsSource => {
  if (environment.STORAGE_SETTINGS_SECRET_ARN === 'none') return { current: async () => ({}) };
  let source: Promise<StorageSettingsSource> | undefined;
  return {
    current: async () => {
      source ??= fromSecret(environment);
      return (await source).current();
    },
  };
};
