import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { allow } from '../statement.ts';
import { secretsKey } from './keys.ts';
import type { Resources } from './resources.ts';

/** `stages` are those that callers may read: a key that a rotation has not tested yet seals nothing. */
const readCursorKey = (sid: string, stages: string[], { cursorKeyArn }: Resources): PolicyStatement =>
  allow({
    sid,
    actions: ['secretsmanager:GetSecretValue'],
    resources: [cursorKeyArn],
    conditions: { StringEquals: { 'secretsmanager:VersionStage': stages } },
  });

export const sealCursors = (resources: Resources): PolicyStatement[] => [
  readCursorKey('SealCursors', ['AWSCURRENT', 'AWSPREVIOUS'], resources),
  ...secretsKey(['kms:Decrypt'], resources),
];

export const rotateCursorKey = (resources: Resources): PolicyStatement[] => [
  allow({
    sid: 'RotateCursorKey',
    actions: [
      'secretsmanager:DescribeSecret',
      'secretsmanager:PutSecretValue',
      'secretsmanager:UpdateSecretVersionStage',
    ],
    resources: [resources.cursorKeyArn],
  }),
  readCursorKey('TestPendingKey', ['AWSPENDING'], resources),
  ...secretsKey(['kms:Decrypt', 'kms:GenerateDataKey'], resources),
];
