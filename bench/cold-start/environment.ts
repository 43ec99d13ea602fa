import { type FunctionName, functions } from '../../contract/functions.ts';
import { defaultProfile } from '../../profiles/default.ts';
import { cursorKeySecret } from './secret.ts';

export const audience = 'sealdrop';

/** What Lambda gives every function, pointed at the stub. */
export const awsEnvironment = (origin: string): Record<string, string> => ({
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'IQoJb3JpZ2luX2VjEXAMPLE',
  AWS_ENDPOINT_URL: origin,
  BUCKET_NAME: 'examplebucket',
  TABLE_NAME: 'documents',
});

export const functionEnvironment = (name: FunctionName, origin: string): Record<string, string> => {
  const all: Record<string, string> = {
    ...awsEnvironment(origin),
    PROFILE: JSON.stringify(defaultProfile),
    ALLOWED_ORIGINS: '["https://app.example.org"]',
    EVENT_BUS_NAME: 'sealdrop',
    SCANNER: 'guardduty',
    UPLOAD_ENDPOINT: 'regional',
    IDENTITY: JSON.stringify({ kind: 'oidc', issuer: origin, audience, tenantClaim: 'tenant', rolesClaim: 'roles' }),
    ENCRYPTION: 's3',
    STORAGE_SETTINGS_SECRET_ARN: 'none',
    CURSOR_KEY_SECRET_ARN: cursorKeySecret.arn,
    SIGN_IN: JSON.stringify({ issuer: origin }),
  };
  const names: readonly string[] = [...Object.keys(awsEnvironment(origin)), ...functions[name].environment];
  return Object.fromEntries(names.map((variable) => [variable, all[variable] ?? '']));
};
