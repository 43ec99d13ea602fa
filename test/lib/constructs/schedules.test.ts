import { describe, expect, it } from 'vitest';
import { functionSettings } from '../../../lib/function-settings.ts';
import { resourceOf, synthesize } from '../support/synthesize.ts';

const synthesized = synthesize();

describe.each(synthesized)('the sweep of $environment.name', ({ environment, service }) => {
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

describe.each(synthesized)('another key for cursors of $environment.name', ({ environment, service }) => {
  it('is asked by Secrets Manager of this account, every 90 days', () => {
    const { id } = resourceOf(service, 'AWS::Lambda::Function', 'rotatecursorkey');
    const schedule = resourceOf(service, 'AWS::SecretsManager::RotationSchedule');
    const permission = resourceOf(service, 'AWS::Lambda::Permission', 'CursorKeyRotation');

    expect(schedule.Properties).toMatchObject({
      RotationLambdaARN: { 'Fn::GetAtt': [id, 'Arn'] },
      RotationRules: { AutomaticallyAfterDays: 90 },
    });
    expect(schedule.DependsOn).toEqual([permission.id]);
    expect(permission.Properties).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': [id, 'Arn'] },
      Principal: 'secretsmanager.amazonaws.com',
      SourceAccount: environment.account,
    });
  });
});
