import { describe, expect, it } from 'vitest';
import { queueNames } from '../../../contract/queues.ts';
import { resourceOf, resourcesOf, statementsOf, synthesize } from '../support/synthesize.ts';

describe.each(synthesize())('the alarms of $environment.name', ({ environment, service }) => {
  const { account, region, name } = environment;
  const topic = resourceOf(service, 'AWS::SNS::Topic');
  const sweep = resourceOf(service, 'AWS::Lambda::Function', 'sweep');
  const alarms = new Map(
    resourcesOf(service, 'AWS::CloudWatch::Alarm').map(({ Properties }) => [
      `${Properties.AlarmName}`.replace(`sealdrop-${name}-`, ''),
      Properties,
    ]),
  );
  const fiveMinutes = { Period: 300, Threshold: 1 };
  const whenAny = { ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'notBreaching' };
  const ofSweep = { Namespace: 'AWS/Lambda', Dimensions: [{ Name: 'FunctionName', Value: { Ref: sweep.id } }] };

  it('are of dead letters, of the sweeper, and of what waits', () => {
    expect([...alarms.keys()]).toEqual([
      ...queueNames.map((queue) => `dead-letters-${queue}`),
      'sweep-fails',
      'sweep-silent',
      'documents-unsettled',
      'scans-overdue',
    ]);
  });

  it.each(queueNames)('tell of the first dead letter of %s', (queue) => {
    const alarm = alarms.get(`dead-letters-${queue}`);

    expect(alarm).toMatchObject({
      ...fiveMinutes,
      ...whenAny,
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Statistic: 'Maximum',
      EvaluationPeriods: 1,
    });
    expect(JSON.stringify(alarm?.Dimensions)).toMatch(
      queue === 'uploads' ? /UploadsDeadLetters/ : /ScanResultsWorkDeadLetters/,
    );
  });

  it('tell of a sweeper that fails, and of one that does not run: no figures are no comfort', () => {
    expect(alarms.get('sweep-fails')).toMatchObject({
      ...fiveMinutes,
      ...whenAny,
      ...ofSweep,
      MetricName: 'Errors',
      EvaluationPeriods: 3,
    });
    expect(alarms.get('sweep-silent')).toMatchObject({
      ...fiveMinutes,
      ...ofSweep,
      MetricName: 'Invocations',
      EvaluationPeriods: 3,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });

  it.each([
    ['scans-overdue', 'SCAN_OVERDUE', 300, 1],
    ['documents-unsettled', 'DOCUMENT_NOT_SETTLED', 3600, 2],
  ])(
    'count for %s what the sweeper logs as %s, in this environment alone',
    (alarm, code, Period, EvaluationPeriods) => {
      const metric = { MetricNamespace: `sealdrop-${name}`, MetricName: code };
      const filters = resourcesOf(service, 'AWS::Logs::MetricFilter').map(({ Properties }) => Properties);

      expect(filters).toContainEqual({
        FilterPattern: `{ $.code = "${code}" }`,
        LogGroupName: { Ref: resourceOf(service, 'AWS::Logs::LogGroup', 'sweep').id },
        MetricTransformations: [{ ...metric, MetricValue: '1' }],
      });
      expect(alarms.get(alarm)).toMatchObject({
        ...whenAny,
        Namespace: metric.MetricNamespace,
        MetricName: code,
        Statistic: 'Sum',
        Period,
        EvaluationPeriods,
      });
    },
  );

  it('are all told to one topic, and each says where to read on', () => {
    for (const Properties of alarms.values()) {
      expect(Properties.AlarmActions).toEqual([{ Ref: topic.id }]);
      expect(Properties.AlarmDescription).toMatch(/ See docs\/runbook\.md\.$/);
    }
  });

  it('reach the topic, which lets in the alarms of this environment and nobody without TLS', () => {
    expect(statementsOf(resourceOf(service, 'AWS::SNS::TopicPolicy'))).toMatchObject([
      {
        Effect: 'Deny',
        Action: ['sns:Publish'],
        Principal: { AWS: '*' },
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        Effect: 'Allow',
        Action: ['sns:Publish'],
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Resource: { Ref: topic.id },
        Condition: {
          ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:${region}:${account}:alarm:sealdrop-${name}-*` },
          StringEquals: { 'aws:SourceAccount': account },
        },
      },
    ]);
    expect(resourceOf(service, 'AWS::SNS::TopicPolicy').Properties.Topics).toEqual([{ Ref: topic.id }]);
    // CloudWatch cannot use the key of AWS, and a figure needs none of ours.
    expect(topic.Properties).not.toHaveProperty('KmsMasterKeyId');
  });
});
