import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { FunctionName } from '../contract/functions.ts';
import type { Environment } from './environment.ts';
import { names, type scannerRole } from './names.ts';

/** What the names of lib/names.ts become in policies. */

export const bucketArn = (scope: Construct, bucketName: string): string =>
  Stack.of(scope).formatArn({
    service: 's3',
    region: '',
    account: '',
    resource: bucketName,
    arnFormat: ArnFormat.NO_RESOURCE_NAME,
  });

export const roleArn = (scope: Construct, environment: Environment, name: FunctionName | typeof scannerRole): string =>
  Stack.of(scope).formatArn({
    service: 'iam',
    region: '',
    resource: 'role',
    resourceName: names.role(environment, name),
  });

/** Of the secret with storage settings; Secrets Manager adds six characters to a name. */
export const storageSettingsArn = (scope: Construct, { storageSettingsSecret }: Environment): string | undefined => {
  if (storageSettingsSecret === undefined || storageSettingsSecret.startsWith('arn:')) return storageSettingsSecret;
  return Stack.of(scope).formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    resourceName: `${storageSettingsSecret}-??????`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
};

export const trailArn = (scope: Construct, environment: Environment): string =>
  Stack.of(scope).formatArn({ service: 'cloudtrail', resource: 'trail', resourceName: names.trail(environment) });
