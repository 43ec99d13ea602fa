import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { FunctionEnvironment, FunctionName } from '../../contract/functions.ts';
import { objectKeyPrefix } from '../../contract/storage.ts';
import type { Bundles } from '../bundles.ts';
import { CursorKeyRotation } from '../constructs/cursor-key-rotation.ts';
import { ServiceApi } from '../constructs/service-api.ts';
import { ServiceFunction } from '../constructs/service-function.ts';
import type { Environment } from '../environment.ts';
import { verifier } from '../names.ts';
import type { Resources } from '../policies/functions.ts';
import type { DataStack } from './data-stack.ts';

export interface ServiceStackProps extends StackProps {
  readonly environment: Environment;
  readonly data: DataStack;
  readonly bundles: Bundles;
}

type Variables = { readonly [Name in FunctionName]: FunctionEnvironment<Name> };

/** All that can be thrown away and made again: API, functions, roles. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, { environment, data, bundles, ...props }: ServiceStackProps) {
    super(scope, id, props);
    const resources = resourcesOf(data);
    const variables = variablesOf(environment, data);
    const make = <Name extends FunctionName>(name: Name) =>
      new ServiceFunction(this, name, {
        environment,
        name,
        directory: bundles.directory(name),
        resources,
        variables: variables[name],
      }).lambda;
    const lambdas = {
      authorize: make('authorize'),
      'request-upload': make('request-upload'),
      'list-documents': make('list-documents'),
      'get-document': make('get-document'),
      'issue-download': make('issue-download'),
      'record-upload': make('record-upload'),
      'rotate-cursor-key': make('rotate-cursor-key'),
    };

    new EventSourceMapping(this, 'Uploads', {
      target: lambdas[verifier],
      eventSourceArn: data.uploads.queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
    });
    new CursorKeyRotation(this, 'CursorKeyRotation', {
      secretArn: data.cursorKey.ref,
      lambda: lambdas['rotate-cursor-key'],
    });
    const { api } = new ServiceApi(this, 'Api', { environment, lambdas });
    new CfnOutput(this, 'ApiUrl', { value: api.url });
  }
}

function resourcesOf(data: DataStack): Resources {
  const { bucket, table, uploads, cursorKey, documentsKey, tableKey, secretsKey, region, urlSuffix } = data;
  return {
    region,
    urlSuffix,
    bucketArn: bucket.attrArn,
    documentsArn: `${bucket.attrArn}/${objectKeyPrefix}*`,
    tableArn: table.tableArn,
    queueArn: uploads.queue.queueArn,
    cursorKeyArn: cursorKey.ref,
    keys:
      documentsKey && tableKey && secretsKey
        ? { documentsArn: documentsKey.keyArn, tableArn: tableKey.keyArn, secretsArn: secretsKey.keyArn }
        : undefined,
  };
}

function variablesOf({ identity, origins, profile }: Environment, data: DataStack): Variables {
  const { bucket, table, cursorKey } = data;
  const TABLE_NAME = table.tableName;
  const BUCKET_NAME = bucket.ref;
  const CURSOR_KEY_SECRET_ARN = cursorKey.ref;
  const ALLOWED_ORIGINS = JSON.stringify(origins);
  const PROFILE = JSON.stringify(profile);
  return {
    authorize: {
      IDENTITY_ISSUER: identity.issuer,
      IDENTITY_AUDIENCE: identity.audience,
      IDENTITY_TENANT_CLAIM: identity.tenantClaim,
    },
    'request-upload': { TABLE_NAME, BUCKET_NAME, PROFILE, ALLOWED_ORIGINS },
    'list-documents': { TABLE_NAME, CURSOR_KEY_SECRET_ARN, ALLOWED_ORIGINS },
    'get-document': { TABLE_NAME, ALLOWED_ORIGINS },
    'issue-download': { TABLE_NAME, BUCKET_NAME, PROFILE, ALLOWED_ORIGINS },
    'record-upload': { TABLE_NAME, BUCKET_NAME },
    'rotate-cursor-key': { CURSOR_KEY_SECRET_ARN },
  };
}
