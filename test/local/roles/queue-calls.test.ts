import { describe, expect, it } from 'vitest';
import { notifyingBucket } from '../../../local/roles/notifications.ts';
import { demandOfNotification, demandOfPoller, pollerActions } from '../../../local/roles/queue-calls.ts';
import type { JsonObject } from '../../../local/template/json.ts';
import { allow, judgeBy, lambda, link, policy, role } from './support/template.ts';

const queueArn = 'arn:aws:sqs:eu-west-1:111122223333:uploads';
const reader = 'arn:aws:iam::111122223333:role/reader';

/** A queue with these statements in its policy, that feeds a function whose role has `rights` to it. */
const templateWith = (statements: readonly JsonObject[], rights: readonly string[] = pollerActions) =>
  link({
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'uploads' } },
    ...(statements.length > 0 && {
      Policy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: policy(...statements) },
      },
    }),
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'documents' } },
    Role: role(
      rights.length === 0
        ? {}
        : {
            Policies: [{ PolicyName: 'p', PolicyDocument: policy(...rights.map((action) => allow(action, queueArn))) }],
          },
    ),
    Function: lambda,
  });

const about = (Effect: string, Action: string, Principal: JsonObject, Condition: JsonObject = {}): JsonObject => ({
  Effect,
  Action,
  Principal,
  Resource: queueArn,
  ...(Object.keys(Condition).length > 0 && { Condition }),
});

describe('a poller of Lambda', () => {
  const poll = (statements: readonly JsonObject[], rights?: readonly string[]) => () => {
    const template = templateWith(statements, rights);
    const [resource] = template.all('AWS::Lambda::Function');
    if (resource === undefined) throw new Error('no function');
    demandOfPoller(resource, queueArn, 'sqs:DeleteMessage', judgeBy(template));
  };
  const everyone = { AWS: '*' };

  it('may what the role of the function may, or what the queue lets it', () => {
    expect(poll([])).not.toThrow();
    expect(poll([about('Allow', 'sqs:DeleteMessage', { AWS: reader })], [])).not.toThrow();
  });

  it('is told in the words of SQS what it may not', () => {
    expect(poll([], ['sqs:ReceiveMessage'])).toThrow(
      'User: arn:aws:sts::111122223333:assumed-role/reader/poller is not authorized to perform: sqs:deletemessage ' +
        `on resource: ${queueArn} because no identity-based policy allows the sqs:deletemessage action`,
    );
  });

  it.each<[string, JsonObject]>([
    ['aws:PrincipalArn', { ArnEquals: { 'aws:PrincipalArn': reader } }],
    ['aws:PrincipalAccount', { StringEquals: { 'aws:PrincipalAccount': '111122223333' } }],
    ['aws:SecureTransport', { Bool: { 'aws:SecureTransport': 'true' } }],
    ['aws:RequestedRegion', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }],
    ['aws:userid', { StringLike: { 'aws:userid': '*:poller' } }],
    ['aws:PrincipalIsAWSService', { Bool: { 'aws:PrincipalIsAWSService': 'false' } }],
  ])('is denied by a queue that asks for %s', (_, condition) => {
    expect(poll([about('Deny', 'sqs:*', everyone, condition)])).toThrow(/with an explicit deny in a policy/);
  });

  it('is not denied over plain HTTP, because it does not come over it', () => {
    expect(poll([about('Deny', 'sqs:*', everyone, { Bool: { 'aws:SecureTransport': 'false' } })])).not.toThrow();
  });
});

describe('S3, when it sends the events of a bucket', () => {
  const s3 = { Service: 's3.amazonaws.com' };
  const send =
    (...statements: JsonObject[]) =>
    () => {
      const template = templateWith(statements);
      const bucket = notifyingBucket(template, '{"Records":[{"s3":{"bucket":{"name":"documents"}}}]}');
      demandOfNotification(bucket, queueArn, judgeBy(template));
    };

  it.each<[string, JsonObject, JsonObject]>([
    [
      'aws:SourceArn',
      { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::documents' } },
      { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::photos' } },
    ],
    [
      'aws:SourceAccount',
      { StringEquals: { 'aws:SourceAccount': '111122223333' } },
      { StringEquals: { 'aws:SourceAccount': '444455556666' } },
    ],
    [
      'aws:PrincipalServiceName',
      { StringEquals: { 'aws:PrincipalServiceName': 's3.amazonaws.com' } },
      { StringEquals: { 'aws:PrincipalServiceName': 'sns.amazonaws.com' } },
    ],
  ])('is let in by %s', (_, fitting, other) => {
    expect(send(about('Allow', 'sqs:SendMessage', s3, fitting))).not.toThrow();
    expect(send(about('Allow', 'sqs:SendMessage', s3, other))).toThrow(
      `User: s3.amazonaws.com is not authorized to perform: sqs:sendmessage on resource: ${queueArn} ` +
        'because no resource-based policy allows the sqs:sendmessage action',
    );
  });

  it('needs a policy that names it', () => {
    expect(send()).toThrow(/because no resource-based policy allows/);
    expect(send(about('Allow', 'sqs:SendMessage', { Service: 'sns.amazonaws.com' }))).toThrow(/sqs:sendmessage/);
  });
});
