import { CfnEventBus } from 'aws-cdk-lib/aws-events';
import { EventSourceMapping, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type FunctionEnvironment, type FunctionName, functions } from '../../contract/functions.ts';
import { storageSettingsArn } from '../arns.ts';
import type { Bundles } from '../bundles.ts';
import { Alarms } from '../constructs/alarms.ts';
import { Authentication } from '../constructs/authentication.ts';
import { CursorKeyRotation } from '../constructs/cursor-key-rotation.ts';
import { MalwareScanner } from '../constructs/malware-scanner.ts';
import { ScanResults } from '../constructs/scan-results.ts';
import { ServiceApi } from '../constructs/service-api.ts';
import { ServiceFunction } from '../constructs/service-function.ts';
import { SweepSchedule } from '../constructs/sweep-schedule.ts';
import type { WorkQueue } from '../constructs/work-queue.ts';
import type { Environment } from '../environment.ts';
import { names } from '../names.ts';
import type { DataStack } from './data-stack.ts';
import { resourcesOf } from './resources-of.ts';

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
    const eventBus = new CfnEventBus(this, 'Events', { name: names.eventBus(environment) });
    const scanResults = new ScanResults(this, 'ScanResults', { environment, bucketName: data.bucket.ref });
    const resources = resourcesOf(data, {
      eventBusArn: eventBus.attrArn,
      scanResultsQueueArn: scanResults.work.queue.queueArn,
      isScanned: environment.scanner !== 'none',
      storageSettingsArn: storageSettingsArn(this, environment),
      retentionClasses: Object.keys(environment.profile.retention.classes ?? {}),
    });
    const { settings } = new Authentication(this, 'Authentication', { environment, userPool: data.userPool });
    const variables = variablesOf(environment, data, {
      EVENT_BUS_NAME: eventBus.ref,
      IDENTITY: this.toJsonString(settings),
      SIGN_IN: this.toJsonString({ issuer: settings.issuer, client: environment.docsClient }),
    });
    const make = <Name extends FunctionName>(name: Name) =>
      new ServiceFunction(this, name, {
        environment,
        name,
        directory: bundles.directory(name),
        resources,
        variables: variables[name],
      }).lambda;
    const lambdas = makeAll(make);

    const consume = (id: string, target: LambdaFunction, { queue }: WorkQueue): void =>
      void new EventSourceMapping(this, id, {
        target,
        eventSourceArn: queue.queueArn,
        batchSize: 10,
        reportBatchItemFailures: true,
      });
    consume('Uploads', lambdas['record-upload'], data.uploads);
    consume('Verdicts', lambdas['apply-scan-result'], scanResults.work);
    new SweepSchedule(this, 'Sweep', { lambda: lambdas.sweep });
    if (environment.scanner === 'guardduty') {
      new MalwareScanner(this, 'Scanner', {
        environment,
        bucketName: data.bucket.ref,
        bucketArn: data.bucket.attrArn,
        key: data.documentsKey,
      });
    }
    new Alarms(this, 'Alarms', { environment, queues: [data.uploads, scanResults.work], sweep: lambdas.sweep });
    new CursorKeyRotation(this, 'CursorKeyRotation', {
      secretArn: data.cursorKey.ref,
      lambda: lambdas['rotate-cursor-key'],
    });
    const { api } = new ServiceApi(this, 'Api', { environment, lambdas });
    new CfnOutput(this, 'ApiUrl', { value: api.url });
  }
}

type Make = <Name extends FunctionName>(name: Name) => LambdaFunction;

/** Every function of the contract, in its order. */
const makeAll = (make: Make): Readonly<Record<FunctionName, LambdaFunction>> =>
  Object.fromEntries((Object.keys(functions) as FunctionName[]).map((name) => [name, make(name)])) as never;

function variablesOf(
  environment: Environment,
  data: DataStack,
  { EVENT_BUS_NAME, IDENTITY, SIGN_IN }: Readonly<Record<'EVENT_BUS_NAME' | 'IDENTITY' | 'SIGN_IN', string>>,
): Variables {
  const { origins, profile, scanner: SCANNER, encryption: ENCRYPTION } = environment;
  const { storageSettingsSecret: STORAGE_SETTINGS_SECRET_ARN = 'none' } = environment;
  const { bucket, table, cursorKey } = data;
  const TABLE_NAME = table.tableName;
  const BUCKET_NAME = bucket.ref;
  const CURSOR_KEY_SECRET_ARN = cursorKey.ref;
  const ALLOWED_ORIGINS = JSON.stringify(origins);
  const PROFILE = JSON.stringify(profile);
  const UPLOAD_ENDPOINT = environment.transferAcceleration ? 'accelerated' : 'regional';
  const declaring = {
    TABLE_NAME,
    BUCKET_NAME,
    UPLOAD_ENDPOINT,
    PROFILE,
    ENCRYPTION,
    STORAGE_SETTINGS_SECRET_ARN,
    ALLOWED_ORIGINS,
  };
  return {
    authorize: { IDENTITY },
    'request-upload': declaring,
    'request-uploads': declaring,
    'sign-parts': { TABLE_NAME, BUCKET_NAME, UPLOAD_ENDPOINT, PROFILE, ALLOWED_ORIGINS },
    'list-parts': { TABLE_NAME, BUCKET_NAME, ALLOWED_ORIGINS },
    'complete-upload': { TABLE_NAME, BUCKET_NAME, ALLOWED_ORIGINS },
    'abort-upload': { TABLE_NAME, BUCKET_NAME, ALLOWED_ORIGINS },
    'request-form': declaring,
    'create-upload-token': { TABLE_NAME, ALLOWED_ORIGINS },
    'sign-s3-request': { TABLE_NAME, BUCKET_NAME, UPLOAD_ENDPOINT, PROFILE, ALLOWED_ORIGINS },
    companion: declaring,
    'list-documents': { TABLE_NAME, CURSOR_KEY_SECRET_ARN, PROFILE, ALLOWED_ORIGINS },
    'list-own-documents': { TABLE_NAME, CURSOR_KEY_SECRET_ARN, PROFILE, ALLOWED_ORIGINS },
    'list-subject-documents': { TABLE_NAME, CURSOR_KEY_SECRET_ARN, ALLOWED_ORIGINS },
    'get-document': { TABLE_NAME, BUCKET_NAME, ALLOWED_ORIGINS },
    'head-document': { TABLE_NAME, ALLOWED_ORIGINS },
    'update-document': { TABLE_NAME, PROFILE, ALLOWED_ORIGINS },
    'issue-download': { TABLE_NAME, BUCKET_NAME, PROFILE, ALLOWED_ORIGINS },
    'create-link': { TABLE_NAME, PROFILE, ALLOWED_ORIGINS },
    'open-link': { TABLE_NAME, BUCKET_NAME, ALLOWED_ORIGINS },
    'get-history': { TABLE_NAME, ALLOWED_ORIGINS },
    'delete-document': { TABLE_NAME, BUCKET_NAME, EVENT_BUS_NAME, PROFILE, ALLOWED_ORIGINS },
    'restore-document': { TABLE_NAME, BUCKET_NAME, EVENT_BUS_NAME, ALLOWED_ORIGINS },
    'get-storage-status': { BUCKET_NAME, ALLOWED_ORIGINS },
    'get-settings': { TABLE_NAME, PROFILE, SCANNER, ALLOWED_ORIGINS },
    'get-health': { ALLOWED_ORIGINS },
    'api-docs': { SIGN_IN, ALLOWED_ORIGINS },
    'record-upload': { TABLE_NAME, BUCKET_NAME, EVENT_BUS_NAME, PROFILE, SCANNER },
    'apply-scan-result': { TABLE_NAME, BUCKET_NAME, EVENT_BUS_NAME, PROFILE },
    sweep: { TABLE_NAME, BUCKET_NAME, EVENT_BUS_NAME, PROFILE, SCANNER },
    'rotate-cursor-key': { CURSOR_KEY_SECRET_ARN },
  };
}
