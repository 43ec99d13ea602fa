import type { Conditions } from './permissions.ts';

export const queueActions = [
  'sqs:SendMessage',
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibility',
  'sqs:GetQueueAttributes',
  'sqs:StartMessageMoveTask',
  'sqs:PurgeQueue',
];

const version = (stage: string): Conditions => ({ 'secretsmanager:VersionStage': stage });

/** Every action on secrets that anyone here might wish for, with what its request would carry. */
export const secretActions: readonly (readonly [action: string, carries: Conditions])[] = [
  ['secretsmanager:GetSecretValue', {}],
  ...['AWSCURRENT', 'AWSPREVIOUS', 'AWSPENDING'].map(
    (stage) => ['secretsmanager:GetSecretValue', version(stage)] as const,
  ),
  ['secretsmanager:DescribeSecret', {}],
  ['secretsmanager:ListSecretVersionIds', {}],
  ['secretsmanager:PutSecretValue', {}],
  ['secretsmanager:UpdateSecretVersionStage', version('AWSCURRENT')],
  ['secretsmanager:UpdateSecret', {}],
  ['secretsmanager:RotateSecret', {}],
  ['secretsmanager:CancelRotateSecret', {}],
  ['secretsmanager:DeleteSecret', {}],
  ['secretsmanager:PutResourcePolicy', {}],
];
