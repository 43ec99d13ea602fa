import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { FunctionName } from '../../contract/functions.ts';
import type { ObjectState } from '../../contract/states.ts';
import { objectStates, objectStateTagKey } from '../../contract/states.ts';
import { ownerIndex } from '../../contract/storage.ts';
import { allow } from './statement.ts';

/** What the functions work on, as far as their rights are concerned. */
export interface Resources {
  readonly region: string;
  /** `amazonaws.com`, another one in China. */
  readonly urlSuffix: string;
  readonly bucketArn: string;
  /** All objects below the prefix of documents, nothing else in the bucket. */
  readonly documentsArn: string;
  readonly tableArn: string;
  readonly queueArn: string;
  /** The secret with the key that seals cursors. */
  readonly cursorKeyArn: string;
  /** The environment's own keys; absent where AWS's keys encrypt. */
  readonly keys: { readonly documentsArn: string; readonly tableArn: string; readonly secretsArn: string } | undefined;
}

const requestedState = `s3:RequestObjectTag/${objectStateTagKey}`;
const signedLinkOnly = { 's3:authType': 'REST-QUERY-STRING' };

const state = (name: ObjectState): ObjectState => name;

const table = (sid: string, actions: string[], { tableArn }: Resources): PolicyStatement =>
  allow({ sid, actions, resources: [tableArn] });

/** The key is of use only through S3, and only where the environment has one. */
const documentsKey = (
  action: 'kms:Decrypt' | 'kms:GenerateDataKey',
  { keys, region, urlSuffix }: Resources,
): PolicyStatement[] =>
  keys === undefined ? [] : [viaService('UseDocumentsKey', [action], keys.documentsArn, `s3.${region}.${urlSuffix}`)];

/** DynamoDB decrypts the table's data key in the name of its caller, for reads and writes alike. */
const tableKey = ({ keys, region, urlSuffix }: Resources): PolicyStatement[] =>
  keys === undefined
    ? []
    : [viaService('UseTableKey', ['kms:Decrypt'], keys.tableArn, `dynamodb.${region}.${urlSuffix}`)];

const secretsKey = (actions: string[], { keys, region, urlSuffix }: Resources): PolicyStatement[] =>
  keys === undefined
    ? []
    : [viaService('UseSecretsKey', actions, keys.secretsArn, `secretsmanager.${region}.${urlSuffix}`)];

/** `stages` are those that callers may read: a key that a rotation has not tested yet seals nothing. */
const readCursorKey = (sid: string, stages: string[], { cursorKeyArn }: Resources): PolicyStatement =>
  allow({
    sid,
    actions: ['secretsmanager:GetSecretValue'],
    resources: [cursorKeyArn],
    conditions: { StringEquals: { 'secretsmanager:VersionStage': stages } },
  });

const viaService = (sid: string, actions: string[], keyArn: string, service: string): PolicyStatement =>
  allow({
    sid,
    actions,
    resources: [keyArn],
    conditions: { StringEquals: { 'kms:ViaService': service } },
  });

const requestUpload = (resources: Resources): PolicyStatement[] => [
  // PutItem for the record and its first history item. IAM cannot ask for the condition that keeps it from replacing
  // one: that guard is in the code, and a residual risk of stolen credentials.
  table('DeclareDocuments', ['dynamodb:PutItem'], resources),
  allow({
    sid: 'SignUploads',
    actions: ['s3:PutObject', 's3:PutObjectTagging'],
    resources: [resources.documentsArn],
    conditions: { StringEquals: { ...signedLinkOnly, [requestedState]: state('incoming') } },
  }),
  ...documentsKey('kms:GenerateDataKey', resources),
  ...tableKey(resources),
];

const listDocuments = (resources: Resources): PolicyStatement[] => [
  allow({
    sid: 'ListOwnDocuments',
    actions: ['dynamodb:Query'],
    resources: [`${resources.tableArn}/index/${ownerIndex.indexName}`],
  }),
  table('ReadListedDocuments', ['dynamodb:BatchGetItem'], resources),
  readCursorKey('SealCursors', ['AWSCURRENT', 'AWSPREVIOUS'], resources),
  ...tableKey(resources),
  ...secretsKey(['kms:Decrypt'], resources),
];

const getDocument = (resources: Resources): PolicyStatement[] => [
  table('ReadDocuments', ['dynamodb:GetItem'], resources),
  ...tableKey(resources),
];

const issueDownload = (resources: Resources): PolicyStatement[] => [
  table('ReadDocuments', ['dynamodb:GetItem'], resources),
  // T5: never s3:GetObject, so that a link without the verified version is worth nothing.
  allow({
    sid: 'SignDownloads',
    actions: ['s3:GetObjectVersion'],
    resources: [resources.documentsArn],
    conditions: { StringEquals: signedLinkOnly },
  }),
  ...documentsKey('kms:Decrypt', resources),
  ...tableKey(resources),
];

const recordUpload = (resources: Resources): PolicyStatement[] => [
  table('RecordUploads', ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:PutItem'], resources),
  allow({
    sid: 'ReadUploads',
    actions: ['s3:GetObjectVersion'],
    resources: [resources.documentsArn],
  }),
  // Without it S3 answers 403 for a version that is gone, as if it might be there.
  allow({ sid: 'LearnWhatIsGone', actions: ['s3:ListBucket'], resources: [resources.bucketArn] }),
  allow({
    sid: 'SettleUploads',
    actions: ['s3:PutObjectVersionTagging'],
    resources: [resources.documentsArn],
    // Every state: where another writer won the record, the tag is set back to what the record says.
    conditions: { StringEquals: { [requestedState]: [...objectStates] } },
  }),
  allow({
    sid: 'ReceiveUploadEvents',
    actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    resources: [resources.queueArn],
  }),
  ...documentsKey('kms:Decrypt', resources),
  ...tableKey(resources),
];

const rotateCursorKey = (resources: Resources): PolicyStatement[] => [
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

/** T12: what each function may do besides writing its own log. Written out by action: no `grant*`, no wildcard. */
export const functionStatements: Readonly<Record<FunctionName, (resources: Resources) => PolicyStatement[]>> = {
  authorize: () => [],
  'request-upload': requestUpload,
  'list-documents': listDocuments,
  'get-document': getDocument,
  'issue-download': issueDownload,
  'record-upload': recordUpload,
  'rotate-cursor-key': rotateCursorKey,
};
