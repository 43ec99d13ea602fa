import { AccessLogFormat, CfnAccount, LogGroupLogDestination, type StageOptions } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Environment } from '../environment.ts';
import { allow } from '../policies/statement.ts';
import { removalPolicy } from '../removal.ts';

/** One line per call: the route, not the path; no query string, no token, no address, no name. */
const format = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  method: '$context.httpMethod',
  route: '$context.resourcePath',
  status: '$context.status',
  responseType: '$context.error.responseType',
  authorizerStatus: '$context.authorizer.status',
  responseLatencyMilliseconds: '$context.responseLatency',
  integrationLatencyMilliseconds: '$context.integrationLatency',
  responseSizeBytes: '$context.responseLength',
  tlsVersion: '$context.tlsVersion',
};

/**
 * Who called what, and how it went. API Gateway writes logs in the name of one role per account and region, so this
 * sets it; role and setting stay when the stack goes, since other APIs of the account may log by them.
 */
export class AccessLog extends Construct {
  readonly stageOptions: StageOptions;
  readonly account: CfnAccount;

  constructor(scope: Construct, id: string, { environment }: { readonly environment: Environment }) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Log', {
      retention: environment.logRetentionDays,
      removalPolicy: removalPolicy(environment),
    });
    this.stageOptions = {
      accessLogDestination: new LogGroupLogDestination(logGroup),
      accessLogFormat: AccessLogFormat.custom(JSON.stringify(format)),
    };
    const policy = new ManagedPolicy(this, 'Policy', {
      description: 'What API Gateway may do to write logs',
      document: new PolicyDocument({ statements: [writeLogs(this)] }),
    });
    const role = new Role(this, 'Role', {
      description: 'API Gateway writes the logs of this account and region by it',
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [policy],
    });
    this.account = new CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn });
    for (const resource of [policy, role, this.account]) resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}

/** The actions of AWS's own AmazonAPIGatewayPushToCloudWatchLogs, which the gateway looks for, in this region only. */
const writeLogs = (scope: Construct) =>
  allow({
    sid: 'WriteApiLogs',
    actions: [
      'logs:CreateLogGroup',
      'logs:CreateLogStream',
      'logs:DescribeLogGroups',
      'logs:DescribeLogStreams',
      'logs:FilterLogEvents',
      'logs:GetLogEvents',
      'logs:PutLogEvents',
    ],
    resources: [Stack.of(scope).formatArn({ service: 'logs', resource: '*' })],
  });
