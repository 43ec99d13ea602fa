import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import type { RotatingSecret } from '../../ports.ts';

/** The secret that a rotation works on. Its current value is never read: a rotation needs it for nothing. */
export const rotatingSecret = (client: SecretsManagerClient, secretId: string): RotatingSecret => ({
  stages: async () => {
    const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId: secretId }));
    return VersionIdsToStages;
  },
  pendingValue: async (versionId) => {
    const request = { SecretId: secretId, VersionId: versionId, VersionStage: 'AWSPENDING' };
    try {
      const { SecretString } = await client.send(new GetSecretValueCommand(request));
      return SecretString;
    } catch (cause) {
      if (cause instanceof ResourceNotFoundException) return undefined;
      throw cause;
    }
  },
  putPending: async (versionId, value) => {
    await client.send(
      new PutSecretValueCommand({
        SecretId: secretId,
        ClientRequestToken: versionId,
        SecretString: value,
        VersionStages: ['AWSPENDING'],
      }),
    );
  },
  promote: async (versionId, fromVersionId) => {
    await client.send(
      new UpdateSecretVersionStageCommand({
        SecretId: secretId,
        VersionStage: 'AWSCURRENT',
        MoveToVersionId: versionId,
        RemoveFromVersionId: fromVersionId,
      }),
    );
  },
});
