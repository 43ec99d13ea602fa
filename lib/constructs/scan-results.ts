import { CfnRule } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Environment } from '../environment.ts';
import { names } from '../names.ts';
import { WorkQueue } from './work-queue.ts';

export interface ScanResultsProps {
  readonly environment: Environment;
  readonly bucketName: string;
}

/**
 * What GuardDuty says of the documents, from the account's default bus into a queue. L1: the rule and the queue's
 * policy name each other, so the rule has a name of its own and stands in no policy that CDK would write.
 */
export class ScanResults extends Construct {
  readonly work: WorkQueue;

  constructor(scope: Construct, id: string, { environment, bucketName }: ScanResultsProps) {
    super(scope, id);
    const ruleName = names.scanRule(environment);
    this.work = new WorkQueue(this, 'Work', {
      environment,
      name: 'scan-results',
      consumer: 'apply-scan-result',
      sender: {
        principal: new ServicePrincipal('events.amazonaws.com'),
        conditions: {
          ArnEquals: {
            'aws:SourceArn': Stack.of(this).formatArn({ service: 'events', resource: 'rule', resourceName: ruleName }),
          },
        },
      },
    });
    const rule = new CfnRule(this, 'Rule', {
      name: ruleName,
      description: 'Verdicts of Malware Protection on documents',
      state: 'ENABLED',
      eventPattern: {
        source: ['aws.guardduty'],
        'detail-type': ['GuardDuty Malware Protection Object Scan Result'],
        detail: { s3ObjectDetails: { bucketName: [bucketName] } },
      },
      targets: [{ id: 'Queue', arn: this.work.queue.queueArn }],
    });
    rule.node.addDependency(this.work.policy);
  }
}
