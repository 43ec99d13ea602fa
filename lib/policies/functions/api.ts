import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ObjectState } from '../../../contract/states.ts';
import { allow } from '../statement.ts';
import { publishEvents } from './events.ts';
import { documentsKey, secretsKey, tableKey } from './keys.ts';
import { learnWhatIsGone, ownTagsOnly, readTags, requestedState, signedLinkOnly, writeState } from './objects.ts';
import type { Resources } from './resources.ts';
import { appendHistory, claimRequests, documents, links, quotas, readHistory } from './table.ts';
import { beginUploads, signForms } from './uploads.ts';

const incoming: ObjectState = 'incoming';

/** Encrypted with the environment's key for secrets, or with AWS's own, which needs no right. */
export const readStorageSettings = (resources: Resources): PolicyStatement[] => {
  const { storageSettingsArn } = resources;
  if (storageSettingsArn === undefined) return [];
  return [
    allow({
      sid: 'ReadStorageSettings',
      actions: ['secretsmanager:GetSecretValue'],
      resources: [storageSettingsArn],
      conditions: { StringEquals: { 'secretsmanager:VersionStage': ['AWSCURRENT'] } },
    }),
    ...secretsKey(['kms:Decrypt'], resources),
  ];
};

export const requestUpload = (resources: Resources): PolicyStatement[] => [
  // IAM cannot ask for the condition that keeps a record from being replaced: that guard is in the code, and a
  // residual risk of stolen credentials.
  // GetItem: what is declared again under the same key is found.
  documents('DeclareDocuments', ['GetItem', 'PutItem'], resources),
  claimRequests(resources),
  quotas('TakeQuotas', ['GetItem', 'UpdateItem'], resources),
  allow({
    sid: 'SignUploads',
    actions: ['s3:PutObject', 's3:PutObjectTagging'],
    resources: [resources.documentsArn],
    conditions: {
      StringEquals: { ...signedLinkOnly, [requestedState]: incoming },
      ...ownTagsOnly(resources),
    },
  }),
  signForms(resources),
  ...beginUploads(resources),
  ...readStorageSettings(resources),
  ...documentsKey(['kms:GenerateDataKey'], resources),
  ...tableKey(resources),
];

/** The same for many at once. */
export const requestUploads = requestUpload;

export const getDocument = (resources: Resources): PolicyStatement[] => [
  documents('ReadDocuments', ['GetItem'], resources),
  ...tableKey(resources),
];

export const headDocument = getDocument;

export const updateDocument = (resources: Resources): PolicyStatement[] => [
  documents('DescribeDocuments', ['GetItem', 'UpdateItem'], resources),
  appendHistory(resources),
  ...tableKey(resources),
];

export const getHistory = (resources: Resources): PolicyStatement[] => [
  documents('ReadDocuments', ['GetItem'], resources),
  readHistory(resources),
  ...tableKey(resources),
];

/** T5: never s3:GetObject, so that a link without the verified version is worth nothing. */
const signDownloads = (resources: Resources): PolicyStatement[] => [
  allow({
    sid: 'SignDownloads',
    actions: ['s3:GetObjectVersion'],
    resources: [resources.documentsArn],
    conditions: { StringEquals: signedLinkOnly },
  }),
  ...documentsKey(['kms:Decrypt'], resources),
];

export const issueDownload = (resources: Resources): PolicyStatement[] => [
  documents('ReadDocuments', ['GetItem'], resources),
  appendHistory(resources),
  ...signDownloads(resources),
  ...tableKey(resources),
];

export const createLink = (resources: Resources): PolicyStatement[] => [
  documents('ReadDocuments', ['GetItem'], resources),
  links('MakeLinks', ['PutItem'], resources),
  claimRequests(resources),
  ...tableKey(resources),
];

/** Anybody may call it: it makes no links and changes no documents. */
export const openLink = (resources: Resources): PolicyStatement[] => [
  links('UseUpLinks', ['GetItem', 'UpdateItem'], resources),
  documents('ReadDocuments', ['GetItem'], resources),
  appendHistory(resources),
  ...signDownloads(resources),
  ...tableKey(resources),
];

/** What a person asks for changes the record, then its tag to that state or, where another change won, to that one. */
const changeState = (resources: Resources): PolicyStatement[] => [
  documents('ChangeDocuments', ['GetItem', 'UpdateItem'], resources),
  appendHistory(resources),
  learnWhatIsGone(resources),
  readTags(resources),
  writeState(['available', 'deleted', 'rejected'], resources),
  publishEvents(resources),
  ...tableKey(resources),
];

export const deleteDocument = changeState;

export const restoreDocument = (resources: Resources): PolicyStatement[] => [
  ...changeState(resources),
  claimRequests(resources),
];

/** Tells the region of the bucket and nothing else; `s3:ListBucket`, which HeadBucket needs, would tell every key. */
export const getStorageStatus = ({ bucketArn }: Resources): PolicyStatement[] => [
  allow({ sid: 'SeeThatTheBucketIsThere', actions: ['s3:GetBucketLocation'], resources: [bucketArn] }),
];

export const getSettings = (resources: Resources): PolicyStatement[] => [
  quotas('ReadQuotas', ['GetItem'], resources),
  ...tableKey(resources),
];
