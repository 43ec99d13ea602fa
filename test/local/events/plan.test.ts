import { describe, expect, it } from 'vitest';
import { planEvents } from '../../../local/events/plan.ts';
import { checkRuleTargets } from '../../../local/roles/rule-targets.ts';
import { TemplateError } from '../../../local/template/errors.ts';
import type { JsonObject } from '../../../local/template/json.ts';
import { judgeBy, lambda, link, policy, role } from '../roles/support/template.ts';

const arnOf = (name: string): JsonObject => ({ 'Fn::GetAtt': [name, 'Arn'] });
const bus: JsonObject = { Type: 'AWS::Events::EventBus', Properties: { Name: 'app' } };
const queue: JsonObject = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'work' } };

const rule = (Properties: JsonObject): JsonObject => ({
  Type: 'AWS::Events::Rule',
  Properties: { Name: 'r', Targets: [{ Id: 'Target', Arn: arnOf('Queue') }], ...Properties },
});

const scan = { source: ['aws.guardduty'] };
const every = { ScheduleExpression: 'rate(5 minutes)', Targets: [{ Id: 'Sweep', Arn: arnOf('Lambda') }] };

const permission = (Properties: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction',
    FunctionName: arnOf('Lambda'),
    Principal: 'events.amazonaws.com',
    SourceArn: arnOf('Rule'),
    ...Properties,
  },
});

const sendingFor = (sourceArn: string): JsonObject => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: {
    Queues: [{ Ref: 'Queue' }],
    PolicyDocument: policy({
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: arnOf('Queue'),
      Condition: { ArnEquals: { 'aws:SourceArn': sourceArn } },
    }),
  },
});

const planOf = (resources: JsonObject) =>
  planEvents(link({ Bus: bus, Queue: queue, Role: role(), Lambda: lambda, ...resources }));

describe('the plan of events', () => {
  it('has buses by name and rules with their ARNs, targets and places', () => {
    const plan = planOf({ Rule: rule({ EventBusName: { Ref: 'Bus' }, EventPattern: { source: ['shop'] } }) });

    expect(plan).toMatchObject({ account: '111122223333', region: 'eu-west-1', busNames: ['app'] });
    expect(plan.rules).toMatchObject([
      {
        arn: 'arn:aws:events:eu-west-1:111122223333:rule/app/r',
        busName: 'app',
        targetArns: ['arn:aws:sqs:eu-west-1:111122223333:work'],
      },
    ]);
    expect([plan.rules[0]?.matches?.({ source: 'shop' }), plan.rules[0]?.matches?.({ source: 'x' })]).toEqual([
      true,
      false,
    ]);
  });

  it('knows a bus by its ARN too, and the default one as the default', () => {
    const EventPattern = scan;
    expect(planOf({ Rule: rule({ EventBusName: arnOf('Bus'), EventPattern }) }).rules[0]?.busName).toBe('app');
    expect(planOf({ Rule: rule({ EventPattern }) }).rules).toMatchObject([
      { arn: 'arn:aws:events:eu-west-1:111122223333:rule/r', busName: 'default' },
    ]);
  });

  it('leaves out rules that are switched off', () => {
    expect(planOf({ Rule: rule({ EventPattern: scan, State: 'DISABLED' }) }).rules).toEqual([]);
  });

  it('runs a schedule where it may call the function', () => {
    const [sweep] = planOf({ Rule: rule(every), Permission: permission() }).rules;
    expect(sweep?.nextRun?.(new Date(0))).toEqual(new Date(300_000));
  });

  it.each<[string, JsonObject, RegExp]>([
    ['neither pattern nor schedule', { Rule: rule({}) }, /neither a pattern nor a schedule/],
    ['a bus of elsewhere', { Rule: rule({ EventBusName: 'other', EventPattern: scan }) }, /bus other/],
    [
      'a schedule on a bus',
      { Rule: rule({ ...every, EventBusName: 'app' }), P: permission() },
      /only rules of the default/,
    ],
    [
      'events that nobody puts',
      { Rule: rule({ EventPattern: { source: ['aws.s3'] } }) },
      /waits for events of \["aws.s3"\]/,
    ],
    ['events of anybody', { Rule: rule({ EventPattern: { detail: { a: ['b'] } } }) }, /waits for events of/],
    [
      'a target of another kind',
      { Rule: rule({ ...every, Targets: [{ Id: 'T', Arn: 'arn:aws:sns:x' }] }) },
      /no queue or function/,
    ],
    [
      'a pattern that is not understood',
      { Rule: rule({ EventBusName: 'app', EventPattern: { a: [{ cidr: 'x' }] } }) },
      /cidr/,
    ],
    [
      'a schedule that is not understood',
      { Rule: rule({ ...every, ScheduleExpression: 'rate(1 week)' }), P: permission() },
      /1 week/,
    ],
    ['no permission to call', { Rule: rule(every) }, /may not call read/],
    [
      'a permission for another service',
      { Rule: rule(every), P: permission({ Principal: 's3.amazonaws.com' }) },
      /may not call/,
    ],
    [
      'a permission for another rule',
      { Rule: rule(every), P: permission({ SourceArn: 'arn:aws:events:x' }) },
      /may not call/,
    ],
    [
      'an input of its own',
      { Rule: rule({ ...every, Targets: [{ Id: 'T', Arn: arnOf('Lambda'), Input: '{}' }] }) },
      /Input/,
    ],
  ])('stops the start at %s', (_, resources, message) => {
    expect(() => planOf(resources)).toThrow(TemplateError);
    expect(() => planOf(resources)).toThrow(message);
  });

  it('stops the start at a queue that does not let the rule send', () => {
    const check = (sourceArn: string) => () => {
      const template = link({ Queue: queue, Rule: rule({ EventPattern: scan }), Policy: sendingFor(sourceArn) });
      checkRuleTargets(template, planEvents(template), judgeBy(template));
    };

    expect(check('arn:aws:events:eu-west-1:111122223333:rule/r')).not.toThrow();
    expect(check('arn:aws:events:eu-west-1:111122223333:rule/other')).toThrow(
      /does not let the rule .*:rule\/r send\. User: events\.amazonaws\.com is not authorized to perform: sqs:sendmessage/,
    );
  });
});
