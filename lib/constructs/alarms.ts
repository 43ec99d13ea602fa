import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { CfnOutput, Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Environment } from '../environment.ts';
import { names } from '../names.ts';
import { AlarmsTopic } from './alarms-topic.ts';
import type { WorkQueue } from './work-queue.ts';

export interface AlarmsProps {
  readonly environment: Environment;
  readonly queues: readonly WorkQueue[];
  readonly sweep: LambdaFunction;
}

interface Rule {
  readonly description: string;
  readonly metric: IMetric;
  /** Periods in a row. */
  readonly evaluationPeriods?: number;
}

const period = Duration.minutes(5);

/** What a person must look at, each told to one topic; docs/runbook.md has a page for each. */
export class Alarms extends Construct {
  private readonly environment: Environment;
  private readonly topic: Topic;

  constructor(scope: Construct, id: string, { environment, queues, sweep }: AlarmsProps) {
    super(scope, id);
    this.environment = environment;
    this.topic = new AlarmsTopic(this, 'Topic', { environment }).topic;
    for (const { name, deadLetters } of queues) {
      this.whenAny(`dead-letters-${name}`, {
        description: 'Events that failed five times wait for a redrive (F8).',
        metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
      });
    }
    this.whenAny('sweep-fails', {
      description: 'The sweeper has failed for a quarter of an hour.',
      metric: sweep.metricErrors({ period, statistic: 'Sum' }),
      evaluationPeriods: 3,
    });
    this.whenNone('sweep-silent', {
      description: 'The sweeper has not run for a quarter of an hour.',
      metric: sweep.metricInvocations({ period, statistic: 'Sum' }),
      evaluationPeriods: 3,
    });
    this.whenAny('documents-unsettled', {
      description: 'There are documents that the sweeper cannot settle, hour after hour.',
      metric: this.logged(sweep, 'DOCUMENT_NOT_SETTLED', Duration.hours(1)),
      evaluationPeriods: 2,
    });
    this.whenAny('scans-overdue', {
      description: 'Documents wait for a verdict for too long (F21).',
      metric: this.logged(sweep, 'SCAN_OVERDUE', period),
    });
    new CfnOutput(this, 'TopicArn', { value: this.topic.topicArn });
  }

  /** How often a function logs a code; the codes are in lambdas/runtime/log.ts. */
  private logged({ logGroup }: LambdaFunction, code: string, period: Duration): IMetric {
    return new MetricFilter(this, `${code}-filter`, {
      logGroup,
      filterPattern: FilterPattern.stringValue('$.code', '=', code),
      metricNamespace: names.metricNamespace(this.environment),
      metricName: code,
    }).metric({ period, statistic: 'Sum' });
  }

  private whenAny(name: string, rule: Rule): void {
    this.alarm(name, rule, ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD, TreatMissingData.NOT_BREACHING);
  }

  private whenNone(name: string, rule: Rule): void {
    this.alarm(name, rule, ComparisonOperator.LESS_THAN_THRESHOLD, TreatMissingData.BREACHING);
  }

  private alarm(
    name: string,
    { description, metric, evaluationPeriods = 1 }: Rule,
    comparisonOperator: ComparisonOperator,
    treatMissingData: TreatMissingData,
  ): void {
    new Alarm(this, name, {
      alarmName: names.alarm(this.environment, name),
      alarmDescription: `${description} See docs/runbook.md.`,
      metric,
      threshold: 1,
      comparisonOperator,
      evaluationPeriods,
      treatMissingData,
    }).addAlarmAction(new SnsAction(this.topic));
  }
}
