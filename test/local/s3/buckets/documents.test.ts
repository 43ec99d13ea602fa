import { createHash } from 'node:crypto';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { sign } from 'aws4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RawAnswer, sendRaw } from '../support/raw.ts';
import { anna, type Standalone, startStandalone } from './standalone.ts';

const Bucket = 'documents';
let s3: Standalone;
beforeAll(async () => {
  s3 = await startStandalone();
  await s3.clientOf(anna).send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => s3[Symbol.asyncDispose]());

/** Puts a document as it is, which no SDK would. */
function put(query: string, body: string, more: Record<string, string> = {}): Promise<RawAnswer> {
  const { host } = new URL(s3.origin);
  const path = `/${Bucket}?${query}`;
  const headers = { 'content-md5': createHash('md5').update(body).digest('base64'), ...more };
  const signed = sign({ host, path, method: 'PUT', body, headers, service: 's3', region: 'us-east-1' }, anna);
  return sendRaw(`${s3.origin}${path}`, { method: 'PUT', headers: { ...signed.headers }, body });
}

const rule = (content: string) => `<LifecycleConfiguration><Rule>${content}</Rule></LifecycleConfiguration>`;
const corsRule = (content: string) => `<CORSConfiguration><CORSRule>${content}</CORSRule></CORSConfiguration>`;
const notification = (content: string) =>
  `<NotificationConfiguration><QueueConfiguration><Queue>arn:aws:sqs:us-east-1:1:q</Queue>${content}</QueueConfiguration></NotificationConfiguration>`;
const encryption = (content: string) =>
  `<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>${content}</ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>`;
const tags = (count: number) =>
  `<Tagging><TagSet>${Array.from({ length: count }, (_, index) => `<Tag><Key>k${index}</Key><Value/></Tag>`).join('')}</TagSet></Tagging>`;
const get = '<AllowedMethod>GET</AllowedMethod>';
const anyOrigin = '<AllowedOrigin>*</AllowedOrigin>';

describe('a document', () => {
  it.each([
    ['cors', corsRule(get)],
    ['cors', corsRule(`${get}${anyOrigin}<Odd/>`)],
    ['versioning', '<VersioningConfiguration><Status>On</Status></VersioningConfiguration>'],
    ['tagging', '<Tagging><TagSet><Tag><Key>k</Key></Tag></TagSet></Tagging>'],
    ['encryption', '<ServerSideEncryptionConfiguration/>'],
    ['encryption', encryption('<SSEAlgorithm>rot13</SSEAlgorithm>')],
    ['lifecycle', '<LifecycleConfiguration/>'],
    ['lifecycle', rule('<Status>Enabled</Status><Expiration><Days>1</Days></Expiration>')],
    ['lifecycle', rule('<Status>On</Status><Filter/><Expiration><Days>1</Days></Expiration>')],
    ['lifecycle', rule('<Status>Enabled</Status><Filter/><Expiration><Days>one</Days></Expiration>')],
    ['notification', notification('<Event>s3:ObjectCreated:*</Event><Odd/>')],
    [
      'publicAccessBlock',
      '<PublicAccessBlockConfiguration><BlockPublicAcls>yes</BlockPublicAcls></PublicAccessBlockConfiguration>',
    ],
    ['ownershipControls', '<OwnershipControls/>'],
  ])('of ?%s that is not of its schema is refused: %s', async (query, body) => {
    expect(await put(query, body)).toMatchObject({ status: 400, error: { Code: 'MalformedXML' } });
  });

  it.each([
    'cors',
    'versioning',
    'tagging',
    'encryption',
    'lifecycle',
    'notification',
    'publicAccessBlock',
    'ownershipControls',
  ])('of ?%s that is no XML, or declares entities, is refused', async (query) => {
    for (const body of ['', 'text', '<open>', '<Other/>', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>']) {
      expect(await put(query, body)).toMatchObject({ status: 400, error: { Code: 'MalformedXML' } });
    }
  });

  it.each([
    [
      'cors',
      corsRule(`<AllowedMethod>PATCH</AllowedMethod>${anyOrigin}`),
      'InvalidRequest',
      /Unsupported method is PATCH/,
    ],
    ['cors', corsRule(`${get}<AllowedOrigin>*.*</AllowedOrigin>`), 'InvalidRequest', /AllowedOrigin "\*\.\*"/],
    ['cors', corsRule(`${get}${anyOrigin}<ExposeHeader>x-*</ExposeHeader>`), 'InvalidRequest', /ExposeHeader "x-\*"/],
    ['versioning', '<VersioningConfiguration/>', 'IllegalVersioningConfigurationException', /must be specified/],
    ['tagging', tags(51), 'BadRequest', /Bucket tag count cannot be greater than 50/],
    [
      'encryption',
      encryption('<SSEAlgorithm>AES256</SSEAlgorithm><KMSMasterKeyID>k</KMSMasterKeyID>'),
      'InvalidArgument',
      /not applicable/,
    ],
    ['lifecycle', rule('<Status>Enabled</Status><Prefix>a</Prefix>'), 'InvalidRequest', /At least one action/],
    ['notification', notification('<Event>s3:Odd</Event>'), 'InvalidArgument', /not supported for notifications/],
    [
      'notification',
      notification('<Event>s3:ObjectCreated:*</Event><Event>s3:ObjectCreated:Put</Event>'),
      'InvalidArgument',
      /overlap/,
    ],
    ['acl', '', 'AccessControlListNotSupported', /does not allow ACLs/],
  ])('of ?%s that S3 would not take is refused in its words: %s', async (query, body, Code, message) => {
    const answer = await put(query, body);
    expect(answer).toMatchObject({ status: 400, error: { Code } });
    expect(answer.error.Message).toMatch(message);
  });

  it.each([
    [
      'notification',
      '<NotificationConfiguration><EventBridgeConfiguration/></NotificationConfiguration>',
      /EventBridge/,
    ],
    ['notification', notification('<Event>s3:ObjectTagging:Put</Event>'), /s3:ObjectTagging:Put/],
    [
      'versioning',
      '<VersioningConfiguration><Status>Enabled</Status><MfaDelete>Enabled</MfaDelete></VersioningConfiguration>',
      /MfaDelete/,
    ],
    [
      'ownershipControls',
      '<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>',
      /ACLs/,
    ],
  ])('of ?%s that asks for what is not there is refused, saying what: %s', async (query, body, message) => {
    const answer = await put(query, body);
    expect(answer).toMatchObject({ status: 501, error: { Code: 'NotImplemented' } });
    expect(answer.error.Message).toMatch(message);
  });

  it('in the namespace of S3, with spaces between its elements, is read', async () => {
    const body = `<?xml version="1.0"?>\n<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/">\n <TagSet>\n  <Tag> <Key> k </Key> <Value/> </Tag>\n </TagSet>\n</Tagging>\n`;
    expect(await put('tagging', body)).toMatchObject({ status: 204 });
    expect(await put('tagging', tags(50))).toMatchObject({ status: 204 });
    const old = rule(
      ' <ID>old form</ID> <Prefix>a/</Prefix> <Status>Enabled</Status> <Expiration><Days>1</Days></Expiration> ',
    );
    expect(await put('lifecycle', old)).toMatchObject({ status: 200 });
  });

  it.each(['cors', 'lifecycle', 'tagging'])('of ?%s needs a proof of its integrity', async (query) => {
    const { host } = new URL(s3.origin);
    const path = `/${Bucket}?${query}`;
    const signed = sign({ host, path, method: 'PUT', body: '<a/>', service: 's3', region: 'us-east-1' }, anna);
    const answer = await sendRaw(`${s3.origin}${path}`, {
      method: 'PUT',
      headers: { ...signed.headers },
      body: '<a/>',
    });
    expect(answer).toMatchObject({ status: 400, error: { Code: 'InvalidRequest' } });
    expect(answer.error.Message).toBe('Missing required header for this request: Content-MD5');
  });
});
