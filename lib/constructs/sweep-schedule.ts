import { CfnRule } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnPermission, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** How long after its deadline a document may wait to be settled, at most. */
const intervalMinutes = 5;

/** Runs the sweeper. L1: `Rule` with a target would add a permission of CDK's making. */
export class SweepSchedule extends Construct {
  constructor(scope: Construct, id: string, { lambda }: { readonly lambda: LambdaFunction }) {
    super(scope, id);
    const rule = new CfnRule(this, 'Rule', {
      description: 'Settles documents that are overdue',
      state: 'ENABLED',
      scheduleExpression: `rate(${intervalMinutes} minutes)`,
      targets: [{ id: 'Sweep', arn: lambda.functionArn }],
    });
    new CfnPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: lambda.functionArn,
      principal: new ServicePrincipal('events.amazonaws.com').service,
      sourceArn: rule.attrArn,
    });
  }
}
