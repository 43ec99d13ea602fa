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
  'companion: s3:ListMultipartUploadParts',
  'companion: s3:AbortMultipartUpload',
];

/** Of a client that speaks S3 itself, and of nobody else: what it asks, it asks by a link. */
export const byLinkOnAnyObject: readonly string[] = [
  'sign-s3-request: s3:ListMultipartUploadParts by link',
  'sign-s3-request: s3:AbortMultipartUpload by link',
];

/** What an upload may carry: it is incoming, and where it has a class, then one of the profile. */
export const ownTags = ['=incoming', '=incoming+ten-years'];

/** Who signs whole uploads, with their tags. */
export const linkSigners = ['request-upload', 'request-uploads', 'sign-s3-request'];
export const formSigners = ['request-upload', 'request-uploads', 'request-form', 'companion'];
const beginners = ['request-upload', 'request-uploads', 'complete-upload', 'companion'];

/** Uploads in parts are begun in the function's own name, and none of those that begin them can send a part. */
const beginning: readonly string[] = beginners.flatMap((role) =>
  ownTags.map((tags) => `${role}: s3:PutObject${tags} (no object) by header`),
);

/** A form can carry no condition: what it brings may come over what is there, and is then never pinned (T3). */
const forms: readonly string[] = formSigners.flatMap((role) =>
  ownTags.flatMap((tags) =>
    ['', ' (replacing)', ' (no object)'].map((effect) => `${role}: s3:PutObject${tags}${effect} by form`),
  ),
);

/** The rights on new objects; S3 knows no existing tags on PutObject: write-once is If-None-Match, which it checks itself. */
export const onNewObjects: readonly string[] = [
  ...linkSigners.flatMap((role) =>
    ownTags.flatMap((tags) => [
      `${role}: s3:PutObject${tags} by link`,
      `${role}: s3:PutObject${tags} (no object) by link`,
    ]),
  ),
  ...forms,
  ...beginning,
  ...['sign-parts', 'companion', 'sign-s3-request'].map((role) => `${role}: s3:PutObject (no object) by link`),
  ...['complete-upload', 'companion'].map((role) => `${role}: s3:PutObject by header`),
  // Completed by whoever speaks S3 itself: never over what is there, and without tags.
  'sign-s3-request: s3:PutObject by link',
];

/** Tags come with what is new. */
export const taggingNew: readonly string[] = [
  ...linkSigners.flatMap((role) => ownTags.map((tags) => `${role}: s3:PutObjectTagging${tags} by link`)),
  ...formSigners.flatMap((role) => ownTags.map((tags) => `${role}: s3:PutObjectTagging${tags} by form`)),
  ...beginners.flatMap((role) => ownTags.map((tags) => `${role}: s3:PutObjectTagging${tags} by header`)),
];
