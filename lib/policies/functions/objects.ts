import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type ObjectState, objectStateTagKey, retentionTagKey } from '../../../contract/states.ts';
import { allow } from '../statement.ts';
import type { Resources } from './resources.ts';

export const requestedState = `s3:RequestObjectTag/${objectStateTagKey}`;

/**
 * No tags besides the state and a retention class of the profile: a file must not bring its own verdict, with the bucket
 * policy or without, and no end of its own.
 */
export const ownTagsOnly = ({ retentionClasses }: Resources) => ({
  'ForAllValues:StringEquals': {
    's3:RequestObjectTagKeys': [objectStateTagKey, ...(retentionClasses.length > 0 ? [retentionTagKey] : [])],
  },
  ...(retentionClasses.length > 0 && {
    StringEqualsIfExists: { [`s3:RequestObjectTag/${retentionTagKey}`]: [...retentionClasses] },
  }),
});

/** T12: credentials of a function that signs are of no use but for links. */
export const signedLinkOnly = { 's3:authType': 'REST-QUERY-STRING' };

export const readVersions = ({ documentsArn }: Resources): PolicyStatement =>
  allow({ sid: 'ReadUploads', actions: ['s3:GetObjectVersion'], resources: [documentsArn] });

/** Without it S3 answers 403 for a version that is gone, as if it might be there. */
export const learnWhatIsGone = ({ bucketArn }: Resources): PolicyStatement =>
  allow({ sid: 'LearnWhatIsGone', actions: ['s3:ListBucket'], resources: [bucketArn] });

export const readTags = ({ documentsArn }: Resources): PolicyStatement =>
  allow({ sid: 'ReadTags', actions: ['s3:GetObjectVersionTagging'], resources: [documentsArn] });

/** The state tag of a version, to one of these states. */
export const writeState = (states: readonly ObjectState[], { documentsArn }: Resources): PolicyStatement =>
  allow({
    sid: 'WriteState',
    actions: ['s3:PutObjectVersionTagging'],
    resources: [documentsArn],
    conditions: { StringEquals: { [requestedState]: [...states] } },
  });
