import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Environment } from '../environment.ts';
import { removalPolicy } from '../removal.ts';

/**
 * A key of the environment's own for one purpose, rotated every year; none where AWS's keys encrypt. Its policy is
 * KMS's default: the account decides by IAM, and so by the roles' policies.
 */
export const environmentKey = (
  scope: Construct,
  id: string,
  { environment, description }: { readonly environment: Environment; readonly description: string },
): Key | undefined =>
  environment.encryption === 'kms'
    ? new Key(scope, id, { description, enableKeyRotation: true, removalPolicy: removalPolicy(environment) })
    : undefined;
