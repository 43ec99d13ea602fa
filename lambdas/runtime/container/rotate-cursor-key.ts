import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { cursorKeyMaker } from '../../adapters/secrets/cursor-key.ts';
import { rotatingSecret } from '../../adapters/secrets/rotating-secret.ts';
import { environmentOf } from '../config.ts';
import { awsCalls } from './aws-calls.ts';

export const container = () => {
  const { CURSOR_KEY_SECRET_ARN: secretId } = environmentOf('rotate-cursor-key');
  return { secret: rotatingSecret(new SecretsManagerClient(awsCalls), secretId), keys: cursorKeyMaker, secretId };
};
