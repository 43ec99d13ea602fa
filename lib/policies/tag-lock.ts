import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type ObjectState, objectStateTagKey, scanTagKey } from '../../contract/states.ts';
import { deny } from './statement.ts';

const incoming: ObjectState = 'incoming';
const available: ObjectState = 'available';
const requestedState = `s3:RequestObjectTag/${objectStateTagKey}`;
const existingState = `s3:ExistingObjectTag/${objectStateTagKey}`;

/**
 * T6: the tag is the lock. Nobody reads an object unless its tag says `available`, and nobody but those who verify,
 * scan, delete and restore changes the tag. A condition without its key in the request is true for StringNotEquals and
 * ArnNotEquals: an object without the tag, a request without the header and an anonymous caller are all denied.
 *
 * A PUT with `x-amz-tagging` needs `s3:PutObjectTagging` besides `s3:PutObject`, so that action cannot be denied
 * outright to everybody else. Known (S3 user guide, "Tagging and access control policies"): `RequestObjectTag` works
 * on PutObject and PutObjectTagging, and `ExistingObjectTag` not on PutObject. From that it follows, not run against
 * AWS, that during a PUT the tagging action sees no existing tag either: the uploader may tag what it creates, with
 * `incoming` only, and may not touch the tags of what is there. Should S3 look at the object already under that key,
 * a second PUT is refused with 403 here in place of 412.
 */
export const tagLock = (
  documents: string,
  readerArns: readonly string[],
  taggerArns: readonly string[],
): PolicyStatement[] => {
  const otherThanReaders = { ArnNotEquals: { 'aws:PrincipalArn': [...readerArns] } };
  const otherThanTaggers = { ArnNotEquals: { 'aws:PrincipalArn': [...taggerArns] } };
  const retag = ['s3:PutObjectTagging', 's3:PutObjectVersionTagging'];
  return [
    deny({
      sid: 'DenyReadUnlessAvailable',
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: [documents],
      conditions: { ...otherThanReaders, StringNotEquals: { [existingState]: available } },
    }),
    deny({
      sid: 'DenyTaggingOtherThanIncoming',
      actions: retag,
      resources: [documents],
      conditions: { ...otherThanTaggers, StringNotEquals: { [requestedState]: incoming } },
    }),
    deny({
      sid: 'DenyChangeOfState',
      actions: retag,
      resources: [documents],
      conditions: { ...otherThanTaggers, Null: { [existingState]: 'false' } },
    }),
    deny({
      sid: 'DenyRemovalOfState',
      actions: ['s3:DeleteObjectTagging', 's3:DeleteObjectVersionTagging'],
      resources: [documents],
    }),
  ];
};

/** A file must not bring its own verdict: only the scanner's word opens it, and those who keep it beside the state. */
export const verdictsOfTheScanner = (documents: string, taggerArns: readonly string[]): PolicyStatement[] => {
  const withVerdict = { Null: { [`s3:RequestObjectTag/${scanTagKey}`]: 'false' } };
  return [
    deny({
      sid: 'DenyUploadWithVerdict',
      actions: ['s3:PutObject'],
      resources: [documents],
      conditions: withVerdict,
    }),
    deny({
      sid: 'DenyVerdictOfOthers',
      actions: ['s3:PutObjectTagging', 's3:PutObjectVersionTagging'],
      resources: [documents],
      conditions: { ...withVerdict, ArnNotEquals: { 'aws:PrincipalArn': [...taggerArns] } },
    }),
  ];
};
