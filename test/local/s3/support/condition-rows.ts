import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { presignGet } from './presign.ts';
import { sendRaw } from './raw.ts';
import { bucketName as Bucket, type TestS3 } from './server.ts';

/** An object that is there, with the tag `state=new`; its content is `a`. */
export const Key = 'documents/a';
const eTag = '"0cc175b9c0f1b6a831c399e269772661"';

/** Sends one request. @throws Error by the name of S3's code where it is refused. */
export type Send = (s3: TestS3, VersionId: string) => Promise<unknown>;

const get =
  (more: Partial<GetObjectCommandInput> = {}): Send =>
  ({ client }) =>
    client.send(new GetObjectCommand({ Bucket, Key, ...more }));

const put =
  (more: Partial<PutObjectCommandInput> = {}): Send =>
  ({ client }) =>
    client.send(new PutObjectCommand({ Bucket, Key, Body: 'a', ...more }));

const list: Send = ({ client }) =>
  client.send(new ListObjectsV2Command({ Bucket, Prefix: 'documents/', Delimiter: '/', MaxKeys: 5 }));

const copy: Send = ({ client }) =>
  client.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/${Key}`, MetadataDirective: 'REPLACE' }));

const tag: Send = ({ client }) =>
  client.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet: [{ Key: 'state', Value: 'new' }] } }));

const inParts: Send = ({ client }) => client.send(new CreateMultipartUploadCommand({ Bucket, Key }));

const deleteOne: Send = ({ client }) => client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: eTag }));

const deleteMany: Send = async ({ client }) => {
  const { Errors = [] } = await client.send(
    new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key, ETag: eTag }] } }),
  );
  for (const { Code, Message } of Errors) throw Object.assign(new Error(Message), { name: Code });
};

const followLink: Send = async (s3) => {
  const { error } = await sendRaw(await presignGet(s3, Key), { headers: { referer: 'https://example.com/' } });
  if (error.Code !== undefined) throw Object.assign(new Error(error.Message), { name: error.Code });
};

type Row = readonly [key: string, operator: string, value: string, other: string, send: Send];

const grantee = 'id="79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"';

const sha256OfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** A key, an operator, a value with which the condition holds for the request, one with which it does not, the request. */
export const conditionRows: readonly Row[] = [
  ['AWS:principalarn', 'ArnLike', 'arn:aws:iam::*:role/request-upload', 'arn:aws:iam::*:role/other', get()],
  ['aws:PrincipalAccount', 'StringEquals', '111122223333', '444455556666', get()],
  ['aws:PrincipalType', 'StringEquals', 'AssumedRole', 'User', get()],
  ['aws:PrincipalIsAWSService', 'Bool', 'false', 'true', get()],
  ['aws:ViaAWSService', 'Bool', 'false', 'true', get()],
  ['aws:SecureTransport', 'Bool', 'true', 'false', get()],
  ['s3:TlsVersion', 'NumericGreaterThanEquals', '1.2', '1.4', get()],
  ['aws:SourceIp', 'IpAddress', '127.0.0.0/8', '203.0.113.0/24', get()],
  ['aws:UserAgent', 'StringLike', 'aws-sdk-js/*', 'curl/*', get()],
  ['aws:Referer', 'StringLike', 'https://example.com/*', 'https://example.org/*', followLink],
  ['aws:CurrentTime', 'DateGreaterThan', '2020-01-01T00:00:00Z', '2120-01-01T00:00:00Z', get()],
  ['aws:EpochTime', 'NumericGreaterThan', '1577836800', '4733510400', get()],
  ['aws:RequestedRegion', 'StringEquals', 'eu-central-1', 'us-east-1', get()],
  ['aws:ResourceAccount', 'StringEquals', '111122223333', '444455556666', get()],
  ['s3:ResourceAccount', 'StringEquals', '111122223333', '444455556666', get()],
  ['s3:authType', 'StringEquals', 'REST-HEADER', 'REST-QUERY-STRING', get()],
  ['S3:AUTHTYPE', 'StringEquals', 'REST-QUERY-STRING', 'REST-HEADER', followLink],
  ['s3:signatureversion', 'StringEquals', 'AWS4-HMAC-SHA256', 'AWS', get()],
  ['s3:signatureAge', 'NumericLessThan', '600000', '0', followLink],
  ['s3:x-amz-content-sha256', 'StringEquals', sha256OfNothing, 'UNSIGNED-PAYLOAD', get()],
  ['s3:existingobjecttag/state', 'StringEquals', 'new', 'old', get()],
  ['s3:ExistingObjectTag/state', 'StringEquals', 'new', 'old', tag],
  ['s3:RequestObjectTag/state', 'StringEquals', 'new', 'old', tag],
  ['s3:RequestObjectTagKeys', 'ForAnyValue:StringEquals', 'state', 'team', tag],
  ['s3:RequestObjectTag/state', 'StringEquals', 'old', 'new', put({ Tagging: 'state=old' })],
  ['s3:versionid', 'StringLike', '*', '', (s3, VersionId) => get({ VersionId })(s3, VersionId)],
  ['s3:prefix', 'StringEquals', 'documents/', 'photos/', list],
  ['s3:delimiter', 'StringEquals', '/', '.', list],
  ['s3:max-keys', 'NumericLessThanEquals', '5', '4', list],
  ['s3:ObjectCreationOperation', 'Bool', 'true', 'false', put()],
  ['s3:objectcreationoperation', 'Bool', 'false', 'true', inParts],
  ['s3:if-none-match', 'Null', 'false', 'true', put({ IfNoneMatch: '*', Key: 'documents/none' })],
  ['s3:if-match', 'StringEquals', eTag, '"b"', put({ IfMatch: eTag })],
  ['s3:if-match', 'StringEquals', eTag, '"b"', deleteOne],
  ['s3:if-match', 'StringEquals', eTag, '"b"', deleteMany],
  ['s3:x-amz-acl', 'StringEquals', 'bucket-owner-full-control', 'private', put({ ACL: 'bucket-owner-full-control' })],
  ['s3:x-amz-grant-read', 'StringEquals', grantee, 'id=""', put({ GrantRead: grantee })],
  ['s3:x-amz-grant-read-acp', 'StringEquals', grantee, 'id=""', put({ GrantReadACP: grantee })],
  ['s3:x-amz-grant-write-acp', 'StringEquals', grantee, 'id=""', put({ GrantWriteACP: grantee })],
  ['s3:x-amz-grant-full-control', 'StringEquals', grantee, 'id=""', put({ GrantFullControl: grantee })],
  ['s3:x-amz-storage-class', 'StringNotEquals', 'STANDARD', 'GLACIER', put({ StorageClass: 'GLACIER' })],
  ['s3:x-amz-server-side-encryption', 'StringEquals', 'aws:kms', 'AES256', put({ ServerSideEncryption: 'aws:kms' })],
  [
    's3:x-amz-server-side-encryption-aws-kms-key-id',
    'StringEquals',
    'k',
    'l',
    put({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'k' }),
  ],
  ['s3:x-amz-metadata-directive', 'StringEquals', 'REPLACE', 'COPY', copy],
  ['s3:x-amz-copy-source', 'StringEquals', `${Bucket}/${Key}`, `${Bucket}/b`, copy],
];
