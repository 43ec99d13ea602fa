import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { allow } from '../statement.ts';
import { readStorageSettings } from './api.ts';
import { documentsKey, tableKey } from './keys.ts';
import { signedLinkOnly } from './objects.ts';
import type { Resources } from './resources.ts';
import { claimRequests, documents, quotas, uploadTokens } from './table.ts';
import {
  abortUploads,
  beginUploads,
  carriesNoTags,
  listUploadedParts,
  makeObjects,
  makesAnObject,
  seeWhatIsThere,
  signForms,
  signPartLinks,
  tagged,
} from './uploads.ts';

export const requestForm = (resources: Resources): PolicyStatement[] => [
  documents('DeclareDocuments', ['GetItem', 'PutItem'], resources),
  claimRequests(resources),
  quotas('TakeQuotas', ['GetItem', 'UpdateItem'], resources),
  signForms(resources),
  ...readStorageSettings(resources),
  ...documentsKey(['kms:GenerateDataKey'], resources),
  ...tableKey(resources),
];

export const createUploadToken = (resources: Resources): PolicyStatement[] => [
  uploadTokens('GiveTokens', ['PutItem'], resources),
  ...tableKey(resources),
];

/** Whoever speaks S3 does each step by a link of its own. */
export const signS3Request = (resources: Resources): PolicyStatement[] => [
  documents('ReadDocuments', ['GetItem'], resources),
  tagged('SignUploads', 'REST-QUERY-STRING', resources),
  signPartLinks(resources),
  allow({
    sid: 'SignCompletions',
    actions: ['s3:PutObject'],
    resources: [resources.documentsArn],
    conditions: {
      ...makesAnObject,
      ...carriesNoTags,
      StringEquals: { ...signedLinkOnly, 's3:if-none-match': '*' },
    },
  }),
  allow({
    sid: 'SignListsAndAborts',
    actions: ['s3:ListMultipartUploadParts', 's3:AbortMultipartUpload'],
    resources: [resources.documentsArn],
    conditions: { StringEquals: signedLinkOnly },
  }),
  ...documentsKey(['kms:GenerateDataKey', 'kms:Decrypt'], resources),
  ...tableKey(resources),
];

/** All that Uppy's clients ask for, and so what uploading needs and nothing of reading. */
export const companion = (resources: Resources): PolicyStatement[] => [
  documents('DeclareAndComplete', ['GetItem', 'PutItem', 'UpdateItem'], resources),
  uploadTokens('KnowTokens', ['GetItem'], resources),
  quotas('TakeQuotas', ['GetItem', 'UpdateItem'], resources),
  signForms(resources),
  ...beginUploads(resources),
  signPartLinks(resources),
  listUploadedParts(resources),
  makeObjects(resources),
  abortUploads(resources),
  seeWhatIsThere(resources),
  ...readStorageSettings(resources),
  ...documentsKey(['kms:GenerateDataKey', 'kms:Decrypt'], resources),
  ...tableKey(resources),
];
