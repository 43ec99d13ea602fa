import { describe, expect, it } from 'vitest';
import { planConsumers, planQueues } from '../../../local/queues/plan.ts';
import type { JsonObject } from '../../../local/template/json.ts';
import { linkTemplate } from '../../../local/template/template.ts';

const plan = (VisibilityTimeout: number, mapping: JsonObject = {}) => {
  const Resources = {
    Uploads: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout } },
    Record: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'record',
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Role: 'arn:aws:iam::111122223333:role/record',
        Code: { S3Bucket: 'b', S3Key: 'k' },
        Timeout: 30,
      },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: { 'Fn::GetAtt': ['Uploads', 'Arn'] }, FunctionName: { Ref: 'Record' }, ...mapping },
    },
  };
  const stack = { stackName: 'data', account: '111122223333', region: 'eu-west-1', template: { Resources } };
  return planConsumers(linkTemplate([{ ...stack, assets: new Map() }]));
};

describe('the plan of an event source mapping', () => {
  it('has what the template says, and the defaults of Lambda', () => {
    expect(plan(30)).toEqual([
      {
        region: 'eu-west-1',
        queueArn: expect.stringMatching(/^arn:aws:sqs:eu-west-1:111122223333:data-Uploads-/),
        functionName: 'record',
        batchSize: 10,
        batchWindowSeconds: 0,
        concurrencyMax: 5,
        reportBatchItemFailures: false,
      },
    ]);
  });

  it('leaves out one that is switched off', () => {
    expect(plan(30, { Enabled: false })).toEqual([]);
  });

  it('stops where messages come again while they are worked on, as Lambda refuses', () => {
    expect(() => plan(29)).toThrow(/29 s.*less than.*30 s/);
  });
});

describe('the plan of a queue', () => {
  const queues = (deadLetterTargetArn: JsonObject | string) => {
    const Resources = {
      Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
      Uploads: {
        Type: 'AWS::SQS::Queue',
        Properties: { QueueName: 'uploads', RedrivePolicy: { deadLetterTargetArn, maxReceiveCount: 5 } },
      },
    };
    const stack = { stackName: 'data', account: '111122223333', region: 'eu-west-1', template: { Resources } };
    return planQueues(linkTemplate([{ ...stack, assets: new Map() }]));
  };
  const deadArn = 'arn:aws:sqs:eu-west-1:111122223333:dead';

  it('has the queue of dead letters', () => {
    expect(queues({ 'Fn::GetAtt': ['Dead', 'Arn'] })).toMatchObject([
      { arn: deadArn },
      { redrive: { deadLetterQueueArn: deadArn, receiveCountMax: 5 } },
    ]);
  });

  it('stops where that queue is not there, and messages would be lost', () => {
    expect(() => queues(`${deadArn}-other`)).toThrow(/uploads.*dead-other, which is not in the template/);
  });
});
