import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { secretCursorKeys } from '../../adapters/secrets/cursor-keys.ts';
import type { Clock, CursorKeys } from '../../ports.ts';
import { awsCalls } from './aws-calls.ts';

export const buildCursorKeys = (environment: { readonly CURSOR_KEY_SECRET_ARN: string }, clock: Clock): CursorKeys =>
  secretCursorKeys({ client: new SecretsManagerClient(awsCalls), secretId: environment.CURSOR_KEY_SECRET_ARN }, clock);
