import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { allow } from '../statement.ts';
import type { Resources } from './resources.ts';

/** A key is of use only through its service, and only where the environment has one. */
const viaService = (sid: string, actions: string[], keyArn: string, service: string): PolicyStatement =>
  allow({
    sid,
    actions,
    resources: [keyArn],
    conditions: { StringEquals: { 'kms:ViaService': service } },
  });

export const documentsKey = (
  actions: ('kms:Decrypt' | 'kms:GenerateDataKey')[],
  { keys, region, urlSuffix }: Resources,
): PolicyStatement[] =>
  keys === undefined ? [] : [viaService('UseDocumentsKey', actions, keys.documentsArn, `s3.${region}.${urlSuffix}`)];

/** DynamoDB decrypts the table's data key in the name of its caller, for reads and writes alike. */
export const tableKey = ({ keys, region, urlSuffix }: Resources): PolicyStatement[] =>
  keys === undefined
    ? []
    : [viaService('UseTableKey', ['kms:Decrypt'], keys.tableArn, `dynamodb.${region}.${urlSuffix}`)];

export const secretsKey = (actions: string[], { keys, region, urlSuffix }: Resources): PolicyStatement[] =>
  keys === undefined
    ? []
    : [viaService('UseSecretsKey', actions, keys.secretsArn, `secretsmanager.${region}.${urlSuffix}`)];
