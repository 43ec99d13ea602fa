import { objectStates } from '../../../contract/states.ts';
import type { Conditions } from './permissions.ts';

const tls = { 's3:TlsVersion': '1.3' };
export const byLink = { 's3:authType': 'REST-QUERY-STRING', 's3:signatureAge': '1000', ...tls };
export const byHeader = { 's3:authType': 'REST-HEADER', 's3:signatureAge': '1000', ...tls };

const tagging = (requested: string): Conditions => ({
  's3:RequestObjectTag/sealdrop-state': requested,
  's3:RequestObjectTagKeys': ['sealdrop-state'],
});

const creating = { 's3:if-none-match': '*', 's3:ObjectCreationOperation': 'true' };

/** What the object's tag says before the request; nothing where there is no object, or no tag. */
export const existing = (state: string): Conditions =>
  state === 'none' ? {} : { 's3:ExistingObjectTag/sealdrop-state': state };

export const states = ['none', ...objectStates];

/** Every action on objects that anyone here might wish for, with what its request would carry. */
export const objectActions: readonly (readonly [action: string, carries: Conditions])[] = [
  ...objectStates.map((state) => ['s3:PutObject', { ...creating, ...tagging(state) }] as const),
  ...objectStates.map((state) => ['s3:PutObjectTagging', tagging(state)] as const),
  ...objectStates.map((state) => ['s3:PutObjectVersionTagging', tagging(state)] as const),
  ['s3:GetObject', {}],
  ['s3:GetObjectVersion', { 's3:versionid': 'v1' }],
  ['s3:GetObjectTagging', {}],
  ['s3:GetObjectVersionTagging', {}],
  ['s3:GetObjectAttributes', {}],
  ['s3:DeleteObject', {}],
  ['s3:DeleteObjectVersion', {}],
  ['s3:DeleteObjectTagging', {}],
  ['s3:DeleteObjectVersionTagging', {}],
  ['s3:PutObjectAcl', {}],
  ['s3:PutObjectRetention', {}],
  ['s3:AbortMultipartUpload', {}],
  ['s3:RestoreObject', {}],
];

export const otherActions: readonly string[] = [
  's3:ListBucket',
  's3:ListBucketVersions',
  's3:PutBucketPolicy',
  's3:DeleteBucketPolicy',
  's3:PutLifecycleConfiguration',
];

export const tableActions: readonly string[] = [
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'dynamodb:Scan',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:DeleteTable',
];

export const queueActions = [
  'sqs:SendMessage',
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
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
