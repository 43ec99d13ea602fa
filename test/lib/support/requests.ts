import { objectStates } from '../../../contract/states.ts';
import type { Conditions } from './permissions.ts';

const tls = { 's3:TlsVersion': '1.3' };
export const byLink = { 's3:authType': 'REST-QUERY-STRING', 's3:signatureAge': '1000', ...tls };
/** A form carries the tags of its policy, and no condition ever (S3 API reference, "POST Object"). */
export const byForm = { 's3:authType': 'POST', 's3:signatureAge': '1000', ...tls };
export const byHeader = { 's3:authType': 'REST-HEADER', 's3:signatureAge': '1000', ...tls };

const tagging = (requested: string): Conditions => ({
  's3:RequestObjectTag/sealdrop-state': requested,
  's3:RequestObjectTagKeys': ['sealdrop-state'],
});

/** The state with a retention class beside it. */
const taggingWithClass = (name: string): Conditions => ({
  's3:RequestObjectTag/sealdrop-state': 'incoming',
  's3:RequestObjectTag/sealdrop-retention': name,
  's3:RequestObjectTagKeys': ['sealdrop-state', 'sealdrop-retention'],
});

/** The state with a verdict of the scanner beside it. */
const taggingWithVerdict = (requested: string): Conditions => ({
  's3:RequestObjectTag/sealdrop-state': requested,
  's3:RequestObjectTag/GuardDutyMalwareScanStatus': 'NO_THREATS_FOUND',
  's3:RequestObjectTagKeys': ['sealdrop-state', 'GuardDutyMalwareScanStatus'],
});

const replacing = { 's3:ObjectCreationOperation': 'true' };
const creating = { ...replacing, 's3:if-none-match': '*' };

/** The beginning of an upload in parts, and each of its parts. */
const makingNone = { 's3:ObjectCreationOperation': 'false' };

/** What the object's tag says before the request; nothing where there is no object, or no tag. */
export const existing = (state: string): Conditions =>
  state === 'none' ? {} : { 's3:ExistingObjectTag/sealdrop-state': state };

export const states = ['none', ...objectStates];

/** `=incoming`, `=incoming+verdict`, `=incoming+CLASS`, or nothing; then, of a PutObject, unless it only creates, what it does. */
export const requestedOf = (carries: Conditions): string => {
  const state = carries['s3:RequestObjectTag/sealdrop-state'];
  const verdict = carries['s3:RequestObjectTag/GuardDutyMalwareScanStatus'];
  const retention = carries['s3:RequestObjectTag/sealdrop-retention'];
  const tags = [
    state === undefined ? '' : `=${state}`,
    ...(verdict === undefined ? [] : ['verdict']),
    ...(retention === undefined ? [] : [retention]),
  ].join('+');
  return `${tags}${effectOf(carries)}`;
};

const effectOf = (carries: Conditions): string => {
  if (carries['s3:ObjectCreationOperation'] === 'false') return ' (no object)';
  const isReplacing = carries['s3:ObjectCreationOperation'] === 'true' && carries['s3:if-none-match'] === undefined;
  return isReplacing ? ' (replacing)' : '';
};

const taggers = ['s3:PutObjectTagging', 's3:PutObjectVersionTagging'];

/** Every action on objects that anyone here might wish for, with what its request would carry. */
export const objectActions: readonly (readonly [action: string, carries: Conditions])[] = [
  ...[creating, replacing, makingNone].flatMap((effect) => [
    ['s3:PutObject', effect] as const,
    ...objectStates.map((state) => ['s3:PutObject', { ...effect, ...tagging(state) }] as const),
    ['s3:PutObject', { ...effect, ...taggingWithVerdict('incoming') }] as const,
    ...['ten-years', 'forged'].map((name) => ['s3:PutObject', { ...effect, ...taggingWithClass(name) }] as const),
  ]),
  ...['ten-years', 'forged'].map((name) => ['s3:PutObjectTagging', taggingWithClass(name)] as const),
  ...taggers.flatMap((action) => [
    [action, {}] as const,
    ...objectStates.map((state) => [action, tagging(state)] as const),
    ...objectStates.map((state) => [action, taggingWithVerdict(state)] as const),
  ]),
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
  ['s3:ListMultipartUploadParts', {}],
  ['s3:RestoreObject', {}],
];

export const bucketActions: readonly string[] = [
  's3:ListBucket',
  's3:ListBucketVersions',
  's3:ListBucketMultipartUploads',
  's3:GetBucketLocation',
  's3:PutBucketPolicy',
  's3:DeleteBucketPolicy',
  's3:PutBucketNotification',
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
  'dynamodb:ConditionCheckItem',
  'dynamodb:PartiQLSelect',
  'dynamodb:PartiQLInsert',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PartiQLDelete',
  'dynamodb:UpdateTable',
  'dynamodb:DeleteTable',
  'dynamodb:RestoreTableToPointInTime',
];

/** The partitions that a request names: those of each kind, two kinds at once, and none (a scan). */
export const leadingKeys: readonly (readonly [name: string, keys: readonly string[]])[] = [
  ['D', ['D#north-clinic#document']],
  ['H', ['H#north-clinic#document']],
  ['Q', ['Q#north-clinic']],
  ['L', ['L#hash']],
  ['I', ['I#north-clinic#hash']],
  ['K', ['K#hash']],
  ['T', ['T#north-clinic#O#owner-1']],
  ['DUE', ['DUE#a']],
  ['D+H', ['D#north-clinic#document', 'H#north-clinic#document']],
];
