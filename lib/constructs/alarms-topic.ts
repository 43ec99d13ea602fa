import { PolicyDocument, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic, TopicPolicy } from 'aws-cdk-lib/aws-sns';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Environment } from '../environment.ts';
import { names } from '../names.ts';
import { allowPrincipal, deny } from '../policies/statement.ts';

/**
 * Where alarms are told, for the team to subscribe to. Its policy takes the place of SNS's own, so it has to let
 * CloudWatch in; `enforceSSL` of CDK would leave a policy that admits nobody, and alarms that nobody hears. Without a
 * key of its own: a message holds the name of an alarm and a figure, and CloudWatch cannot use the key of AWS.
 */
export class AlarmsTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { environment }: { readonly environment: Environment }) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic');
    const { topicArn } = this.topic;
    const alarms = Stack.of(this).formatArn({
      service: 'cloudwatch',
      resource: 'alarm',
      resourceName: names.alarm(environment, '*'),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    new TopicPolicy(this, 'Policy', {
      topics: [this.topic],
      policyDocument: new PolicyDocument({
        statements: [
          deny({
            sid: 'DenyPlainHttp',
            actions: ['sns:Publish'],
            resources: [topicArn],
            conditions: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
          allowPrincipal(new ServicePrincipal('cloudwatch.amazonaws.com'), {
            sid: 'AllowAlarms',
            actions: ['sns:Publish'],
            resources: [topicArn],
            conditions: {
              ArnLike: { 'aws:SourceArn': alarms },
              StringEquals: { 'aws:SourceAccount': environment.account },
            },
          }),
        ],
      }),
    });
  }
}
