import { ManagedPolicy, PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { FunctionEnvironment, FunctionName } from '../../contract/functions.ts';
import type { Environment } from '../environment.ts';
import { functionSettings } from '../function-settings.ts';
import { names } from '../names.ts';
import { functionStatements } from '../policies/functions/functions.ts';
import type { Resources } from '../policies/functions/resources.ts';
import { allow } from '../policies/statement.ts';
import { removalPolicy } from '../removal.ts';

export interface ServiceFunctionProps<Name extends FunctionName> {
  readonly environment: Environment;
  readonly name: Name;
  /** The bundle's folder, see lib/bundles.ts. */
  readonly directory: string;
  readonly resources: Resources;
  /** Exactly what contract/functions.ts names for it. */
  readonly variables: FunctionEnvironment<Name>;
}

/** One function, one role, one policy, one log group: nothing shared, so nothing borrowed. */
export class ServiceFunction<Name extends FunctionName> extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps<Name>) {
    super(scope, id);
    const { environment, name, directory, resources, variables } = props;
    const { memoryMegabytes, timeoutSeconds } = functionSettings[name];
    const logGroup = new LogGroup(this, 'Log', {
      retention: environment.logRetentionDays,
      removalPolicy: removalPolicy(environment),
    });
    const policy = new ManagedPolicy(this, 'Policy', {
      description: `What ${name} may do`,
      document: new PolicyDocument({
        statements: [
          allow({
            sid: 'WriteOwnLog',
            actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            resources: [logGroup.logGroupArn],
          }),
          ...functionStatements[name](resources),
        ],
      }),
    });
    const role = new Role(this, 'Role', {
      roleName: names.role(environment, name),
      description: `Sealdrop ${environment.name}: ${name}`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [policy],
    });
    this.lambda = new LambdaFunction(this, 'Function', {
      description: `Sealdrop ${environment.name}: ${name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(directory),
      handler: 'index.handler',
      memorySize: memoryMegabytes,
      timeout: Duration.seconds(timeoutSeconds),
      logGroup,
      role,
      environment: { ...variables, POWERTOOLS_SERVICE_NAME: name, POWERTOOLS_LOG_LEVEL: environment.logLevel },
    });
  }
}
