import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { secretCursorKeys } from '../../adapters/secrets/cursor-keys.ts';
import { environmentOf } from '../config.ts';
import { apiSettings } from './api.ts';
import { buildDocuments } from './aws.ts';
import { awsCalls } from './aws-calls.ts';

export const container = () => {
  const environment = environmentOf('list-documents');
  const settings = apiSettings(environment);
  const secret = { client: new SecretsManagerClient(awsCalls), secretId: environment.CURSOR_KEY_SECRET_ARN };
  return {
    ...settings,
    documents: buildDocuments(environment.TABLE_NAME),
    cursorKeys: secretCursorKeys(secret, settings.clock),
  };
};
