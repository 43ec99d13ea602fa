import { expect, it } from 'vitest';
import { targetsOf } from '../../../local/events/targets.ts';
import { AccessDenied } from '../../../local/iam/access-denied.ts';
import type { AccessRequest } from '../../../local/iam/types.ts';
import { openQueues } from '../../../local/queues/queues.ts';
import { movableClock } from '../../support/clock.ts';
import { link } from '../roles/support/template.ts';
import { aRule, place, queueArn } from './support/bridge.ts';

it('a queue is asked for every event whether it takes it from that rule', () => {
  const clock = movableClock();
  const config = { arn: queueArn, delaySeconds: 0, visibilityTimeoutSeconds: 30, retentionSeconds: 3600 };
  const queues = openQueues([config], ':memory:', clock);
  const template = link({ Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'work' } } });
  const asked: [AccessRequest, string | undefined][] = [];
  let isOpen = true;
  const judge = {
    clock,
    authorize: (request: AccessRequest, resourceName?: string) => {
      asked.push([request, resourceName]);
      return isOpen ? ({ allowed: true } as const) : ({ allowed: false, reason: 'implicit-deny' } as const);
    },
  };
  const invoke = () => Promise.reject(new Error('There is no function.'));
  const targets = targetsOf(template, place, { queues, invoke, judge });
  const delivery = { id: 1, ruleArn: aRule().arn, targetArn: queueArn, event: '{"n":1}', failures: 0 };

  expect([targets.isQueue(queueArn), targets.isQueue('arn:aws:lambda:x')]).toEqual([true, false]);
  targets.send(delivery);
  isOpen = false;
  expect(() => targets.send(delivery)).toThrow(AccessDenied);

  expect(queues.get(queueArn).receive(10)).toMatchObject([{ body: '{"n":1}' }]);
  const question = {
    principal: { arn: 'events.amazonaws.com' },
    action: 'sqs:SendMessage',
    resource: queueArn,
    conditions: {
      'aws:PrincipalServiceName': 'events.amazonaws.com',
      'aws:SourceAccount': place.account,
      'aws:SourceArn': aRule().arn,
    },
  };
  expect(asked).toMatchObject([
    [question, queueArn],
    [question, queueArn],
  ]);
  queues.close();
});
