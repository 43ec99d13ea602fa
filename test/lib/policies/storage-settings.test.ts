import { describe, expect, it } from 'vitest';
import { type FunctionName, functions } from '../../../contract/functions.ts';
import type { Environment } from '../../../lib/environment.ts';
import { environments } from '../../../lib/environments.ts';
import { permissionsOf } from '../support/permissions.ts';
import { synthesize } from '../support/synthesize.ts';

const roles = Object.keys(functions) as FunctionName[];
/** Who declares, in whatever way its bytes will come. */
const declarers = ['request-upload', 'request-uploads', 'request-form', 'companion'] as const;

const [dev, , prod] = environments;
if (!dev || !prod) throw new Error('There are no environments to vary.');

const arnIn = ({ region, account }: Environment, name: string) =>
  `arn:aws:secretsmanager:${region}:${account}:secret:${name}`;

const byName: Environment = { ...dev, name: 'by-name', storageSettingsSecret: 'report-storage' };
const byArn: Environment = {
  ...prod,
  name: 'by-arn',
  logLevel: 'DEBUG',
  storageSettingsSecret: arnIn(prod, 'report-storage-AbCdEf'),
};

describe.each(synthesize([byName, byArn]))('the secret with storage settings of $environment.name', (stage) => {
  const { decide, actionsOf } = permissionsOf(stage);
  const arn = arnIn(stage.environment, 'report-storage-AbCdEf');

  it('is read by who declares, as it is now, and by nobody else', () => {
    const cells = roles.flatMap((role) =>
      [arn, arnIn(stage.environment, 'report-storage-2-AbCdEf'), arnIn(stage.environment, 'other-AbCdEf')].flatMap(
        (secret) =>
          ['AWSCURRENT', 'AWSPREVIOUS', 'AWSPENDING'].flatMap((version) =>
            decide(role, 'secretsmanager:GetSecretValue', secret, { 'secretsmanager:VersionStage': version }).allowed
              ? [`${role} ${version} ${secret === arn}`]
              : [],
          ),
      ),
    );
    expect(cells).toEqual(declarers.map((role) => `${role} AWSCURRENT true`));
  });

  it.each(declarers)('is decrypted for %s with the key for secrets where the environment has one', (role) => {
    const decrypts = actionsOf(role).filter((action) => action === 'kms:Decrypt').length;
    const ofParts = role === 'companion' ? 1 : 0;
    expect(decrypts).toBe(stage.environment.encryption === 'kms' ? 2 + ofParts : 0);
  });

  it('and how much to log are told to the functions by their variables', () => {
    const variables = Object.values(stage.service.Resources).flatMap(({ Type, Properties }) =>
      Type === 'AWS::Lambda::Function' ? [(Properties.Environment as { Variables: object }).Variables] : [],
    );
    const named = variables.filter((each) => 'STORAGE_SETTINGS_SECRET_ARN' in each);
    const told = {
      STORAGE_SETTINGS_SECRET_ARN: stage.environment.storageSettingsSecret,
      ENCRYPTION: stage.environment.encryption,
    };
    expect(named).toMatchObject(declarers.map(() => told));
    const ours = variables.filter((each) => 'POWERTOOLS_LOG_LEVEL' in each);
    expect(new Set(ours.map((each) => (each as Record<string, string>).POWERTOOLS_LOG_LEVEL))).toEqual(
      new Set([stage.environment.logLevel]),
    );
  });
});
