import { describe, expect, it } from 'vitest';
import { type FunctionName, functions } from '../../../contract/functions.ts';
import { unscanned } from '../support/environments.ts';
import { permissionsOf } from '../support/permissions.ts';
import { queueActions, secretActions } from '../support/service-requests.ts';
import { everyEnvironment, synthesize } from '../support/synthesize.ts';

const roles = Object.keys(functions) as FunctionName[];

describe.each(synthesize([...everyEnvironment, unscanned]))(
  'the rights of the functions of $environment.name',
  (stage) => {
    const { decide, queueArns, busArn, secretArn, actionsOf } = permissionsOf(stage);

    it('on queues are to receive, each consumer from its own, and none on dead letters', () => {
      const cells = roles.flatMap((role) =>
        Object.entries(queueArns).flatMap(([queue, arn]) =>
          queueActions.flatMap((action) =>
            decide(role, action, arn, {}).allowed ? [`${role}: ${action} ${queue}`] : [],
          ),
        ),
      );
      const receive = (role: FunctionName, queue: string) =>
        ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'].map(
          (action) => `${role}: ${action} ${queue}`,
        );

      expect(cells).toEqual([...receive('record-upload', 'uploads'), ...receive('apply-scan-result', 'scan-results')]);
    });

    it('on the bus are to publish in the name of this application', () => {
      const sources = { own: 'sealdrop.documents', scanner: 'aws.guardduty' };
      const cells = roles.flatMap((role) =>
        [busArn, busArn.replace(/event-bus\/.*/, 'event-bus/default')].flatMap((arn) =>
          Object.entries(sources).flatMap(([name, source]) =>
            ['events:PutEvents', 'events:PutRule', 'events:PutTargets'].flatMap((action) =>
              decide(role, action, arn, { 'events:source': source }).allowed
                ? [`${role}: ${action} ${arn === busArn ? 'bus' : 'default'} ${name}`]
                : [],
            ),
          ),
        ),
      );

      expect(cells).toEqual(
        ['delete-document', 'restore-document', 'record-upload', 'apply-scan-result', 'sweep'].map(
          (role) => `${role}: events:PutEvents bus own`,
        ),
      );
    });

    it('on the scanner are the sweeper’s, to ask again, where there is one', () => {
      const actions = [
        'guardduty:SendObjectMalwareScan',
        'guardduty:StartMalwareScan',
        'guardduty:DeleteMalwareProtectionPlan',
        'guardduty:UpdateMalwareProtectionPlan',
      ];
      const cells = roles.flatMap((role) =>
        actions.flatMap((action) => (decide(role, action, '*', {}).allowed ? [`${role}: ${action}`] : [])),
      );

      expect(cells).toEqual(stage.environment.scanner === 'none' ? [] : ['sweep: guardduty:SendObjectMalwareScan']);
    });

    it('on the secret are to read what seals, and to rotate, and end at the secret', () => {
      const cells = roles.flatMap((role) =>
        [secretArn, `${secretArn}2`].flatMap((secret) =>
          secretActions.flatMap(([action, carries]) => {
            const cell = [`${role}: ${action}`, ...Object.values(carries)].join(' ');
            return decide(role, action, secret, carries).allowed
              ? [secret === secretArn ? cell : `${cell} elsewhere`]
              : [];
          }),
        ),
      );

      expect(cells).toEqual([
        ...['list-documents', 'list-own-documents', 'list-subject-documents'].flatMap((role) => [
          `${role}: secretsmanager:GetSecretValue AWSCURRENT`,
          `${role}: secretsmanager:GetSecretValue AWSPREVIOUS`,
        ]),
        'rotate-cursor-key: secretsmanager:GetSecretValue AWSPENDING',
        'rotate-cursor-key: secretsmanager:DescribeSecret',
        'rotate-cursor-key: secretsmanager:PutSecretValue',
        'rotate-cursor-key: secretsmanager:UpdateSecretVersionStage AWSCURRENT',
      ]);
    });

    it('on keys work through S3, DynamoDB and Secrets Manager only, and only where the environment has keys', () => {
      const keys = Object.entries(stage.data.Resources).flatMap(([id, { Type }]) =>
        Type === 'AWS::KMS::Key' ? [id] : [],
      );
      const granted = roles.map((role) => `${role}: ${actionsOf(role).filter((action) => action.startsWith('kms:'))}`);

      expect(granted).toEqual(
        keys.length === 0
          ? roles.map((role) => `${role}: `)
          : [
              'authorize: ',
              'request-upload: kms:GenerateDataKey,kms:Decrypt',
              'request-uploads: kms:GenerateDataKey,kms:Decrypt',
              'sign-parts: kms:Decrypt,kms:Decrypt',
              'list-parts: kms:Decrypt',
              'complete-upload: kms:Decrypt,kms:GenerateDataKey,kms:Decrypt',
              'abort-upload: kms:Decrypt',
              'request-form: kms:GenerateDataKey,kms:Decrypt',
              'create-upload-token: kms:Decrypt',
              'sign-s3-request: kms:Decrypt,kms:GenerateDataKey,kms:Decrypt',
              'companion: kms:Decrypt,kms:GenerateDataKey,kms:Decrypt',
              'list-documents: kms:Decrypt,kms:Decrypt',
              'list-own-documents: kms:Decrypt,kms:Decrypt',
              'list-subject-documents: kms:Decrypt,kms:Decrypt',
              'get-document: kms:Decrypt',
              'head-document: kms:Decrypt',
              'update-document: kms:Decrypt',
              'issue-download: kms:Decrypt,kms:Decrypt',
              'create-link: kms:Decrypt',
              'open-link: kms:Decrypt,kms:Decrypt',
              'get-history: kms:Decrypt',
              'delete-document: kms:Decrypt',
              'restore-document: kms:Decrypt',
              'get-storage-status: ',
              'get-settings: kms:Decrypt',
              'get-health: ',
              'api-docs: ',
              'record-upload: kms:Decrypt,kms:Decrypt',
              'apply-scan-result: kms:Decrypt',
              'sweep: kms:Decrypt,kms:Decrypt',
              'rotate-cursor-key: kms:Decrypt,kms:GenerateDataKey',
            ],
      );
    });

    it('are of no other service', () => {
      const services = roles.flatMap((role) => actionsOf(role).map((action) => action.split(':')[0]));
      const known = ['dynamodb', 'events', 'guardduty', 'kms', 'logs', 's3', 'secretsmanager', 'sqs'];

      expect(services.filter((service) => !known.includes(service ?? ''))).toEqual([]);
    });
  },
);
