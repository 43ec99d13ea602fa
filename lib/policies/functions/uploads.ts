import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ObjectState } from '../../../contract/states.ts';
import { allow } from '../statement.ts';
import { documentsKey, tableKey } from './keys.ts';
import { ownTagsOnly, requestedState, signedLinkOnly } from './objects.ts';
import type { Resources } from './resources.ts';
import { documents } from './table.ts';

const incoming: ObjectState = 'incoming';

/**
 * CreateMultipartUpload and UploadPart are `s3:PutObject` that makes no object (S3 user guide, "Enforce conditional
 * writes"): whoever is bound to this can begin uploads and send parts, and complete none.
 */
export const makesNoObject = { Bool: { 's3:ObjectCreationOperation': 'false' } };
export const makesAnObject = { Bool: { 's3:ObjectCreationOperation': 'true' } };

/** Of an upload in parts, only its beginning carries tags. */
export const carriesNoTags = { Null: { 's3:RequestObjectTagKeys': 'true' } };

/** Not by a link: in the function's own name. */
const signedHeadersOnly = { 's3:authType': 'REST-HEADER' };

/** Uploads in parts begin with their tags; for a key of the environment's own, with a data key. */
export const beginUploads = (resources: Resources): PolicyStatement[] => [
  allow({
    sid: 'BeginUploads',
    actions: ['s3:PutObject'],
    resources: [resources.documentsArn],
    conditions: {
      ...makesNoObject,
      StringEquals: { ...signedHeadersOnly, [requestedState]: incoming },
      ...ownTagsOnly(resources),
    },
  }),
  allow({
    sid: 'TagUploads',
    actions: ['s3:PutObjectTagging'],
    resources: [resources.documentsArn],
    conditions: { StringEquals: { ...signedHeadersOnly, [requestedState]: incoming }, ...ownTagsOnly(resources) },
  }),
];

export const abortUploads = ({ documentsArn }: Resources): PolicyStatement =>
  allow({ sid: 'AbortUploads', actions: ['s3:AbortMultipartUpload'], resources: [documentsArn] });

export const listUploadedParts = ({ documentsArn }: Resources): PolicyStatement =>
  allow({ sid: 'ListParts', actions: ['s3:ListMultipartUploadParts'], resources: [documentsArn] });

/** Uploads with their tags, in no other way than this one. */
export const tagged = (sid: string, authType: 'POST' | 'REST-QUERY-STRING', resources: Resources): PolicyStatement =>
  allow({
    sid,
    actions: ['s3:PutObject', 's3:PutObjectTagging'],
    resources: [resources.documentsArn],
    conditions: { StringEquals: { 's3:authType': authType, [requestedState]: incoming }, ...ownTagsOnly(resources) },
  });

/** A form can carry no If-None-Match: the bucket policy lets these roles do without, in forms only. */
export const signForms = (resources: Resources): PolicyStatement => tagged('SignForms', 'POST', resources);

/** Links to send parts with, and nothing else. */
export const signPartLinks = ({ documentsArn }: Resources): PolicyStatement =>
  allow({
    sid: 'SignParts',
    actions: ['s3:PutObject'],
    resources: [documentsArn],
    conditions: { ...makesNoObject, ...carriesNoTags, StringEquals: signedLinkOnly },
  });

export const signParts = (resources: Resources): PolicyStatement[] => [
  documents('ReadDocuments', ['GetItem'], resources),
  signPartLinks(resources),
  // S3 user guide, "Multipart upload API and permissions": parts are sealed with the data key of their upload.
  ...documentsKey(['kms:Decrypt'], resources),
  ...tableKey(resources),
];

export const listParts = (resources: Resources): PolicyStatement[] => [
  documents('ReadDocuments', ['GetItem'], resources),
  listUploadedParts(resources),
  ...tableKey(resources),
];

/** Of what S3 answers 404 to, it may be that it was completed before: then there is an object. */
export const seeWhatIsThere = ({ bucketArn, documentsArn }: Resources): PolicyStatement =>
  allow({
    sid: 'SeeWhatIsThere',
    actions: ['s3:ListBucketVersions'],
    resources: [bucketArn],
    conditions: { StringLike: { 's3:prefix': [documentsArn.slice(bucketArn.length + 1)] } },
  });

/** Of the parts that are there; never over an object that is there (T3), and with no tags but those that it began with. */
export const makeObjects = ({ documentsArn }: Resources): PolicyStatement =>
  allow({
    sid: 'MakeObjects',
    actions: ['s3:PutObject'],
    resources: [documentsArn],
    conditions: {
      ...makesAnObject,
      ...carriesNoTags,
      StringEquals: { ...signedHeadersOnly, 's3:if-none-match': '*' },
    },
  });

export const completeUpload = (resources: Resources): PolicyStatement[] => [
  documents('CompleteUploads', ['GetItem', 'UpdateItem'], resources),
  listUploadedParts(resources),
  makeObjects(resources),
  // F13: where S3 wants all parts again, in a new upload.
  ...beginUploads(resources),
  seeWhatIsThere(resources),
  ...documentsKey(['kms:GenerateDataKey', 'kms:Decrypt'], resources),
  ...tableKey(resources),
];

export const abortUpload = (resources: Resources): PolicyStatement[] => [
  documents('GiveUploadsUp', ['GetItem', 'UpdateItem'], resources),
  abortUploads(resources),
  ...tableKey(resources),
];
