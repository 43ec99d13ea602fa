import { describe, expect, it } from 'vitest';
import { functionSettings } from '../../../lib/function-settings.ts';
import { resourceOf, synthesize } from '../support/synthesize.ts';

describe.each(synthesize())('the sweep of $environment.name', ({ environment, service }) => {
  const sweep = resourceOf(service, 'AWS::Lambda::Function', 'sweep');
  const rule = resourceOf(service, 'AWS::Events::Rule', 'Sweep');

  it('runs every five minutes, longer apart than it may take', () => {
    expect(rule.Properties).toMatchObject({
      ScheduleExpression: 'rate(5 minutes)',
      State: 'ENABLED',
      Targets: [{ Arn: { 'Fn::GetAtt': [sweep.id, 'Arn'] } }],
    });
    expect(functionSettings.sweep.timeoutSeconds).toBeLessThan(5 * 60);
  });

  it('is started by this rule and by nothing else', () => {
    expect(resourceOf(service, 'AWS::Lambda::Permission', 'Sweep').Properties).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': [sweep.id, 'Arn'] },
      Principal: 'events.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': [rule.id, 'Arn'] },
    });
  });

  it('tells of what changed on a bus of its own environment', () => {
    const bus = resourceOf(service, 'AWS::Events::EventBus');

    expect(bus.Properties.Name).toBe(`sealdrop-${environment.name}`);
    expect(sweep.Properties).toMatchObject({ Environment: { Variables: { EVENT_BUS_NAME: { Ref: bus.id } } } });
  });
});
