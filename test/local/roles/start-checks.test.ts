import { describe, expect, it } from 'vitest';
import { checkEventSources } from '../../../local/roles/event-sources.ts';
import { checkNotificationTargets } from '../../../local/roles/notifications.ts';
import type { JsonObject } from '../../../local/template/json.ts';
import { allow, judgeBy, lambda, link, policy, role } from './support/template.ts';

const checkTargets = (resources: JsonObject) => {
  const template = link(resources);
  checkNotificationTargets(template, judgeBy(template));
};

const checkSources = (resources: JsonObject) => {
  const template = link(resources);
  checkEventSources(template, judgeBy(template));
};

describe('the target of a notification', () => {
  const resources = (Condition: JsonObject): JsonObject => ({
    Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
    Bucket: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        BucketName: 'documents',
        NotificationConfiguration: {
          QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: { 'Fn::GetAtt': ['Queue', 'Arn'] } }],
        },
      },
    },
    Policy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'Queue' }],
        PolicyDocument: policy({
          Effect: 'Allow',
          Principal: { Service: 's3.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] },
          Condition,
        }),
      },
    },
  });

  it('must let S3 send', () => {
    const ours = { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::documents' } };
    expect(() => checkTargets(resources(ours))).not.toThrow();
    const others = { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::photos' } };
    expect(() => checkTargets(resources(others))).toThrow(/does not let S3 send the events of documents/);
    const { Policy: _, ...withoutPolicy } = resources(ours);
    expect(() => checkTargets(withoutPolicy)).toThrow(/does not let S3 send/);
  });

  it('must be in the template', () => {
    const { Queue: _, ...withoutQueue } = resources({});
    const Bucket = {
      Type: 'AWS::S3::Bucket',
      Properties: {
        NotificationConfiguration: {
          QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: 'arn:aws:sqs:eu-west-1:111122223333:other' }],
        },
      },
    };
    const { Policy: __, ...rest } = withoutQueue;
    expect(() => checkTargets({ ...rest, Bucket })).toThrow(/other, which is not in the template/);
  });
});

describe('the role of a function that a queue feeds', () => {
  const poll = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
  const queueArn = 'arn:aws:sqs:eu-west-1:111122223333:uploads';
  const resources = (actions: readonly string[], resource = queueArn): JsonObject => ({
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'uploads' } },
    Role: role({
      Policies: [{ PolicyName: 'inline', PolicyDocument: policy(...actions.map((action) => allow(action, resource))) }],
    }),
    Function: lambda,
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: queueArn, FunctionName: { Ref: 'Function' } },
    },
  });

  it('may do what the poller does', () => {
    expect(() => checkSources(resources(poll))).not.toThrow();
  });

  it.each(poll)('stops the start without %s', (missing) => {
    const others = poll.filter((action) => action !== missing);
    expect(() => checkSources(resources(others))).toThrow(
      `assumed-role/reader/poller is not authorized to perform: ${missing.toLowerCase()} on resource: ${queueArn}`,
    );
  });

  it('stops the start where it is for another queue', () => {
    expect(() => checkSources(resources(poll, `${queueArn}-dead`))).toThrow(
      /sqs:receivemessage on resource: arn\S+:uploads because no identity-based/,
    );
  });
});
