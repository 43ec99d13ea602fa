import { describe, expect, it } from 'vitest';
import { type FunctionName, functions } from '../../../contract/functions.ts';
import { objectStates } from '../../../contract/states.ts';
import { permissionsOf } from '../support/permissions.ts';
import {
  byHeader,
  byLink,
  existing,
  objectActions,
  otherActions,
  queueActions,
  secretActions,
  states,
  tableActions,
} from '../support/requests.ts';
import { synthesize } from '../support/synthesize.ts';

const roles = Object.keys(functions) as FunctionName[];

const synthesized = synthesize();

describe.each(synthesized)('the rights of the functions of $environment.name', (stage) => {
  const { decide, decideAlone, bucketArn, tableArn, queueArn, secretArn, actionsOf } = permissionsOf(stage);
  const object = `${bucketArn}/documents/tenant/ab/document`;

  /** The cells of the matrix that allow: `role action requested-state? on existing-state, how signed`. */
  const allowedOnObjects = roles.flatMap((role) =>
    [byLink, byHeader].flatMap((signed) =>
      objectActions.flatMap(([action, carries]) =>
        states.flatMap((state) => {
          const { allowed } = decide(role, action, object, { ...signed, ...carries, ...existing(state) });
          const tag = carries['s3:RequestObjectTag/sealdrop-state'];
          const cell = `${role}: ${action}${tag ? `=${tag}` : ''} on ${state} by ${signed === byLink ? 'link' : 'header'}`;
          return allowed ? [cell] : [];
        }),
      ),
    ),
  );

  it('on objects are these cells and no others', () => {
    const onAll = (cell: string, how: string) => states.map((state) => `${cell} on ${state} by ${how}`);
    const verifier = ['link', 'header'].flatMap((how) => [
      ...objectStates.flatMap((state) => onAll(`record-upload: s3:PutObjectVersionTagging=${state}`, how)),
      ...onAll('record-upload: s3:GetObjectVersion', how),
    ]);

    expect([...allowedOnObjects].sort()).toEqual(
      [
        // S3 knows no existing tags on PutObject: write-once is If-None-Match, which it checks itself.
        ...onAll('request-upload: s3:PutObject=incoming', 'link'),
        'request-upload: s3:PutObjectTagging=incoming on none by link',
        'issue-download: s3:GetObjectVersion on available by link',
        ...verifier,
      ].sort(),
    );
  });

  /** Guards mask each other: here the bucket policy is off. */
  it('stay as narrow without the bucket policy: signers by link only, the uploader with incoming only', () => {
    const signers: readonly FunctionName[] = ['request-upload', 'issue-download'];
    const cells = signers.flatMap((role) =>
      [byLink, byHeader].flatMap((signed) =>
        objectActions.flatMap(([action, carries]) => {
          const { allowed } = decideAlone(role, action, object, { ...signed, ...carries });
          const tag = carries['s3:RequestObjectTag/sealdrop-state'];
          return allowed ? [`${role}: ${action} ${tag ?? ''} by ${signed === byLink ? 'link' : 'header'}`] : [];
        }),
      ),
    );

    expect(cells).toEqual([
      'request-upload: s3:PutObject incoming by link',
      'request-upload: s3:PutObjectTagging incoming by link',
      'issue-download: s3:GetObjectVersion  by link',
    ]);
  });

  it('end at the prefix of documents', () => {
    const beside = `${bucketArn}/elsewhere/document`;
    const cells = roles.flatMap((role) =>
      objectActions.filter(
        ([action, carries]) =>
          decide(role, action, beside, { ...byLink, ...carries, ...existing('available') }).allowed,
      ),
    );

    expect(cells).toEqual([]);
  });

  it('on the bucket itself are the verifier’s, to learn what is gone', () => {
    const cells = roles.flatMap((role) =>
      otherActions.flatMap((action) =>
        decide(role, action, bucketArn, byHeader).allowed ? [`${role}: ${action}`] : [],
      ),
    );

    expect(cells).toEqual(['record-upload: s3:ListBucket']);
  });

  it('on table and index are these cells and no others', () => {
    const targets = { table: tableArn, index: `${tableArn}/index/byOwner`, other: `${tableArn}2` };
    const cells = roles.flatMap((role) =>
      tableActions.flatMap((action) =>
        Object.entries(targets).flatMap(([target, arn]) =>
          decide(role, action, arn, {}).allowed ? [`${role}: ${action} on ${target}`] : [],
        ),
      ),
    );

    expect(cells).toEqual([
      'request-upload: dynamodb:PutItem on table',
      'list-documents: dynamodb:BatchGetItem on table',
      'list-documents: dynamodb:Query on index',
      'get-document: dynamodb:GetItem on table',
      'issue-download: dynamodb:GetItem on table',
      'record-upload: dynamodb:GetItem on table',
      'record-upload: dynamodb:PutItem on table',
      'record-upload: dynamodb:UpdateItem on table',
    ]);
  });

  it('on the queue are the verifier’s, to receive', () => {
    const cells = roles.flatMap((role) =>
      queueActions.flatMap((action) => (decide(role, action, queueArn, {}).allowed ? [`${role}: ${action}`] : [])),
    );

    expect(cells).toEqual([
      'record-upload: sqs:ReceiveMessage',
      'record-upload: sqs:DeleteMessage',
      'record-upload: sqs:GetQueueAttributes',
    ]);
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
      'list-documents: secretsmanager:GetSecretValue AWSCURRENT',
      'list-documents: secretsmanager:GetSecretValue AWSPREVIOUS',
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
            'list-documents: kms:Decrypt,kms:Decrypt',
            'get-document: kms:Decrypt',
            'issue-download: kms:Decrypt,kms:Decrypt',
            'record-upload: kms:Decrypt,kms:Decrypt',
            'rotate-cursor-key: kms:Decrypt,kms:GenerateDataKey',
          ],
    );
  });

  it('hold nothing that no cell needs', () => {
    const needed = new Set(allowedOnObjects.map((cell) => cell.split(/[ =]/).slice(0, 2).join(' ')));
    const held = roles.flatMap((role) =>
      actionsOf(role).flatMap((action) => (action.startsWith('s3:') ? [`${role}: ${action}`] : [])),
    );

    expect(held.sort()).toEqual([...needed, 'record-upload: s3:ListBucket'].sort());
  });
});
