import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnPermission, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnRotationSchedule } from 'aws-cdk-lib/aws-secretsmanager';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface CursorKeyRotationProps {
  readonly secretArn: string;
  readonly lambda: LambdaFunction;
}

/** A cursor is good until the second rotation after it was given out: for 90 days at least, 180 at most. */
const intervalDays = 90;

/** L1: CDK's `addRotationSchedule` would give the function's role a policy of its own making. */
export class CursorKeyRotation extends Construct {
  constructor(scope: Construct, id: string, { secretArn, lambda }: CursorKeyRotationProps) {
    super(scope, id);
    const permission = new CfnPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: lambda.functionArn,
      principal: new ServicePrincipal('secretsmanager.amazonaws.com').service,
      sourceAccount: Stack.of(this).account,
    });
    const schedule = new CfnRotationSchedule(this, 'Schedule', {
      secretId: secretArn,
      rotationLambdaArn: lambda.functionArn,
      rotationRules: { automaticallyAfterDays: intervalDays },
    });
    // Secrets Manager rotates as soon as there is a schedule.
    schedule.addResourceDependency(permission);
  }
}
