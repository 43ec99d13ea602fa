import { arn, generatedId, inert, physicalName } from './kind.ts';
import * as apiGateway from './kinds/api-gateway.ts';
import { cognitoKinds } from './kinds/cognito.ts';
import { dynamodbTable } from './kinds/dynamodb.ts';
import { eventsEventBus, eventsRule } from './kinds/events.ts';
import { guardDutyMalwareProtectionPlan } from './kinds/guardduty.ts';
import { iamManagedPolicy, iamPolicy, iamRole } from './kinds/iam.ts';
import { lambdaEventSourceMapping, lambdaFunction, lambdaPermission } from './kinds/lambda.ts';
import { s3Bucket, s3BucketPolicy } from './kinds/s3.ts';
import * as secretsManager from './kinds/secrets-manager.ts';
import { sqsQueue, sqsQueuePolicy } from './kinds/sqs.ts';

const topicName = physicalName('TopicName', 256);
const alarmName = physicalName('AlarmName', 255);

/** Every resource type a template may hold. A type that is not here stops the start. */
export const kinds = {
  'AWS::ApiGateway::Account': inert('it gives API Gateway a role for its logs'),
  'AWS::ApiGateway::Authorizer': apiGateway.apiAuthorizer,
  'AWS::ApiGateway::Deployment': inert('the gateway always runs the methods as they are'),
  'AWS::ApiGateway::GatewayResponse': apiGateway.apiGatewayResponse,
  'AWS::ApiGateway::Method': apiGateway.apiMethod,
  'AWS::ApiGateway::Model': apiGateway.apiModel,
  'AWS::ApiGateway::RequestValidator': apiGateway.apiRequestValidator,
  'AWS::ApiGateway::Resource': apiGateway.apiResource,
  'AWS::ApiGateway::RestApi': apiGateway.restApi,
  'AWS::ApiGateway::Stage': apiGateway.apiStage,
  'AWS::CDK::Metadata': inert('it tells AWS which version of CDK made the template'),
  'AWS::CloudTrail::Trail': inert('no audit trail is written on one machine'),
  'AWS::CloudWatch::Alarm': inert('nobody counts what the local cloud does', {
    ref: alarmName,
    attributes: { Arn: arn('cloudwatch', (context) => `alarm:${alarmName(context)}`) },
  }),
  ...cognitoKinds,
  'AWS::DynamoDB::Table': dynamodbTable,
  'AWS::Events::EventBus': eventsEventBus,
  'AWS::Events::Rule': eventsRule,
  'AWS::GuardDuty::MalwareProtectionPlan': guardDutyMalwareProtectionPlan,
  'AWS::IAM::ManagedPolicy': iamManagedPolicy,
  'AWS::IAM::Policy': iamPolicy,
  'AWS::IAM::Role': iamRole,
  'AWS::KMS::Alias': inert('data lies in the data folder as it is'),
  'AWS::KMS::Key': inert('data lies in the data folder as it is', {
    ref: generatedId,
    attributes: { Arn: arn('kms', (context) => `key/${generatedId(context)}`), KeyId: generatedId },
  }),
  'AWS::Lambda::EventSourceMapping': lambdaEventSourceMapping,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::Permission': lambdaPermission,
  'AWS::Logs::LogGroup': inert('the logs of functions are files in the data folder', {
    attributes: {
      Arn: (context) =>
        `arn:aws:logs:${context.region}:${context.account}:log-group:${context.property('LogGroupName') ?? context.logicalId}:*`,
    },
  }),
  'AWS::Logs::MetricFilter': inert('nobody counts what is in the logs'),
  'AWS::S3::Bucket': s3Bucket,
  'AWS::S3::BucketPolicy': s3BucketPolicy,
  'AWS::SecretsManager::ResourcePolicy': secretsManager.secretsManagerResourcePolicy,
  'AWS::SecretsManager::RotationSchedule': secretsManager.secretsManagerRotationSchedule,
  'AWS::SecretsManager::Secret': secretsManager.secretsManagerSecret,
  'AWS::SNS::Topic': inert('nothing is sent to subscribers', {
    ref: arn('sns', topicName),
    attributes: { TopicArn: arn('sns', topicName), TopicName: topicName },
  }),
  'AWS::SNS::TopicPolicy': inert('no topic is run that it could be the policy of'),
  'AWS::SQS::Queue': sqsQueue,
  'AWS::SQS::QueuePolicy': sqsQueuePolicy,
};

export type ResourceType = keyof typeof kinds;
