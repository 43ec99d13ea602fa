import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CfnOutput, Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Environment } from '../environment.ts';
import { names } from '../names.ts';
import type { WorkQueue } from './work-queue.ts';

export interface AlarmsProps {
  readonly environment: Environment;
  readonly queues: readonly WorkQueue[];
  readonly sweep: LambdaFunction;
}

const period = Duration.minutes(5);

/**
 * What a person must look at, each told to one topic that the team subscribes to; the runbook has a page for each. Not
 * encrypted with a key: a message holds the name of an alarm and a figure.
 */
export class Alarms extends Construct {
  private readonly topic: Topic;

  constructor(scope: Construct, id: string, { environment, queues, sweep }: AlarmsProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { topicName: `${names.eventBus(environment)}-alarms`, enforceSSL: true });
    for (const { name, deadLetters } of queues) {
      const metric = deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' });
      this.alarm(`dead-letters-${name}`, 'Events that failed five times wait for a redrive.', metric);
    }
    this.alarm('SweepFails', 'The sweeper fails.', sweep.metricErrors({ period, statistic: 'Sum' }), 3);
    this.alarm(
      'ScansOverdue',
      'Documents wait for a verdict for too long (F21).',
      this.overdueScans(environment, sweep),
    );
    new CfnOutput(this, 'TopicArn', { value: this.topic.topicArn });
  }

  private overdueScans(environment: Environment, sweep: LambdaFunction): IMetric {
    return new MetricFilter(this, 'ScansOverdueFilter', {
      logGroup: sweep.logGroup,
      filterPattern: FilterPattern.stringValue('$.code', '=', 'SCAN_OVERDUE'),
      metricNamespace: 'Sealdrop',
      metricName: `ScansOverdue-${environment.name}`,
    }).metric({ period, statistic: 'Sum' });
  }

  private alarm(id: string, description: string, metric: IMetric, evaluationPeriods = 1): void {
    new Alarm(this, id, {
      alarmDescription: description,
      metric,
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(this.topic));
  }
}
