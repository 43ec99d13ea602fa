import type { FunctionName } from '../../../contract/functions.ts';
import { type ObjectState, objectStates } from '../../../contract/states.ts';

/** Who writes the state of what is there, and to which states. */
const stateWriters: Partial<Record<FunctionName, readonly ObjectState[]>> = {
  'record-upload': objectStates,
  'apply-scan-result': objectStates,
  sweep: objectStates,
  'delete-document': ['available', 'deleted', 'rejected'],
  'restore-document': ['available', 'deleted', 'rejected'],
};

/** Rights on objects that do not depend on how they are asked for, nor on the state. */
export const onAnyObject: readonly string[] = [
  ...Object.entries(stateWriters).flatMap(([role, written]) => [
    `${role}: s3:GetObjectVersionTagging`,
    // The verdict stays beside the state: S3 knows only whole sets of tags.
    ...written
      .flatMap((state) => [`=${state}`, `=${state}+verdict`])
      .map((tags) => `${role}: s3:PutObjectVersionTagging${tags}`),
  ]),
  'record-upload: s3:GetObjectVersion',
  'sweep: s3:GetObjectVersion',
  'sweep: s3:DeleteObjectVersion',
  'sweep: s3:AbortMultipartUpload',
  'abort-upload: s3:AbortMultipartUpload',
  'list-parts: s3:ListMultipartUploadParts',
  'complete-upload: s3:ListMultipartUploadParts',
];

/** What an upload may carry: it is incoming, and where it has a class, then one of the profile. */
export const ownTags = ['=incoming', '=incoming+ten-years'];

export const declarers = ['request-upload', 'request-uploads'];
const beginners = [...declarers, 'complete-upload'];

/** Uploads in parts are begun in the function's own name, and none of those that begin them can send a part. */
const beginning: readonly string[] = beginners.flatMap((role) =>
  ownTags.map((tags) => `${role}: s3:PutObject${tags} (no object) by header`),
);

/** The rights on new objects; S3 knows no existing tags on PutObject: write-once is If-None-Match, which it checks itself. */
export const onNewObjects: readonly string[] = [
  ...declarers.flatMap((role) =>
    ownTags.flatMap((tags) => [
      `${role}: s3:PutObject${tags} by link`,
      `${role}: s3:PutObject${tags} (no object) by link`,
    ]),
  ),
  ...beginning,
  'sign-parts: s3:PutObject (no object) by link',
  'complete-upload: s3:PutObject by header',
];

/** Tags come with what is new. */
export const taggingNew: readonly string[] = [
  ...declarers.flatMap((role) => ownTags.map((tags) => `${role}: s3:PutObjectTagging${tags} by link`)),
  ...beginners.flatMap((role) => ownTags.map((tags) => `${role}: s3:PutObjectTagging${tags} by header`)),
];
