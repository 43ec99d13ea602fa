import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { limits } from '../../contract/limits.ts';
import { type ObjectState, objectStateTagKey } from '../../contract/states.ts';
import { objectKeyPrefix } from '../../contract/storage.ts';
import { requireEncryption } from './encryption.ts';
import { deny, type Statement } from './statement.ts';
import { tagLock, verdictsOfTheScanner } from './tag-lock.ts';
import { requireTls } from './transport.ts';

const incoming: ObjectState = 'incoming';
const requestedState = `s3:RequestObjectTag/${objectStateTagKey}`;

export interface DocumentsBucketPolicyProps {
  readonly bucketArn: string;
  /** The roles that may read what is not verified: verifiers and scanner. */
  readonly readerArns: readonly string[];
  /** The roles that may change the state tag, each to what its own policy says; and the scanner, which tags too. */
  readonly taggerArns: readonly string[];
  /** The roles that make objects of parts, whose tags were given when the upload began. */
  readonly completerArns: readonly string[];
  /** The roles that sign forms, which can carry no condition. */
  readonly formSignerArns: readonly string[];
  /** The environment's own key; absent where S3's keys encrypt. */
  readonly keyArn: string | undefined;
}

/**
 * What S3 itself refuses, whoever asks and whatever our code believes. Denials only: the rights are in the roles'
 * policies. Reasoned from the S3 user guide and the service authorization reference of S3; not run against AWS.
 */
export const documentsBucketPolicy = ({
  bucketArn,
  readerArns,
  taggerArns,
  completerArns,
  formSignerArns,
  keyArn,
}: DocumentsBucketPolicyProps): PolicyStatement[] => {
  const documents = `${bucketArn}/${objectKeyPrefix}*`;
  return [
    ...requireTls(bucketArn),
    ...writeOnce(documents, formSignerArns),
    ...incomingOnly(documents, completerArns),
    ...tagLock(documents, readerArns, taggerArns),
    ...verdictsOfTheScanner(documents, taggerArns),
    ...requireEncryption(documents, keyArn),
    ...freshSignatures(documents),
    deny({
      sid: 'DenyOtherStorageClasses',
      actions: ['s3:PutObject'],
      resources: [documents],
      conditions: {
        Null: { 's3:x-amz-storage-class': 'false' },
        StringNotEquals: { 's3:x-amz-storage-class': 'STANDARD' },
      },
    }),
  ];
};

/**
 * T3. UploadPart and CreateMultipartUpload are `s3:PutObject` too and take no If-None-Match: for them
 * `s3:ObjectCreationOperation` is false. (S3 user guide, "Enforce conditional writes"; it also says that copies into
 * such a bucket fail, which is welcome: documents are promoted by their tag, never by copy.)
 */
const writeOnce = (documents: string, formSignerArns: readonly string[]): PolicyStatement[] => {
  const unconditional = { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } };
  const denyUnlessConditional = (sid: string, conditions: NonNullable<Statement['conditions']>) =>
    deny({
      sid,
      actions: ['s3:PutObject'],
      resources: [documents],
      conditions: { ...unconditional, ...conditions },
    });
  return [
    denyUnlessConditional('DenyUploadWithoutIfNoneMatch', {
      ArnNotEquals: { 'aws:PrincipalArn': [...formSignerArns] },
    }),
    // A form cannot carry the condition. What a second use of one brings is another version: never pinned, never opened,
    // removed by the sweeper (T3, docs/adr/043).
    denyUnlessConditional('DenyUploadWithoutIfNoneMatchButByForm', {
      StringNotEquals: { 's3:authType': 'POST' },
    }),
  ];
};

/**
 * T6: what is uploaded is `incoming`, and so removed by the lifecycle rules if nothing ever looks at it. An upload in parts
 * has its tags from its beginning, and the request that completes it can carry none: it is left to the roles that do
 * nothing else (docs/adr/038). What they would make of an upload without tags nobody could read either.
 */
const incomingOnly = (documents: string, completerArns: readonly string[]): PolicyStatement[] => [
  deny({
    sid: 'DenyUploadWithoutState',
    actions: ['s3:PutObject'],
    resources: [documents],
    conditions: {
      Null: { [requestedState]: 'true' },
      Bool: { 's3:ObjectCreationOperation': 'true' },
      ArnNotEquals: { 'aws:PrincipalArn': [...completerArns] },
    },
  }),
  // A form always can: one that completes uploads and signs forms too may leave the tags away in the former only.
  deny({
    sid: 'DenyFormWithoutState',
    actions: ['s3:PutObject'],
    resources: [documents],
    conditions: { Null: { [requestedState]: 'true' }, StringEquals: { 's3:authType': 'POST' } },
  }),
  deny({
    sid: 'DenyUploadInAnotherState',
    actions: ['s3:PutObject'],
    resources: [documents],
    conditions: { Null: { [requestedState]: 'false' }, StringNotEquals: { [requestedState]: incoming } },
  }),
];

/** T11: a leaked URL is of no use soon, whatever expiry it was signed with. `s3:signatureAge` is in milliseconds. */
const freshSignatures = (documents: string): PolicyStatement[] => {
  const olderThan = (ageSecondsMax: number) => ({
    StringEquals: { 's3:authType': 'REST-QUERY-STRING' },
    NumericGreaterThan: { 's3:signatureAge': `${ageSecondsMax * 1000}` },
  });
  return [
    deny({
      sid: 'DenyOldUploadLinks',
      actions: ['s3:PutObject'],
      resources: [documents],
      conditions: olderThan(limits.uploadExpiresInSecondsMax),
    }),
    deny({
      sid: 'DenyOldDownloadLinks',
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: [documents],
      conditions: olderThan(limits.downloadExpiresInSecondsMax),
    }),
  ];
};
