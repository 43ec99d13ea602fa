import { describe, expect, it } from 'vitest';
import { planFunctions } from '../../../local/functions/plan.ts';
import type { JsonObject } from '../../../local/template/json.ts';
import { linkTemplate } from '../../../local/template/template.ts';

const lambda = (properties: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: 'get-document',
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Role: 'arn:aws:iam::111122223333:role/reader',
    Code: { S3Bucket: 'assets', S3Key: 'abc.zip' },
    Environment: { Variables: { TABLE_NAME: 'documents' } },
    ...properties,
  },
});

const credentials = {
  accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'key',
  sessionToken: 'token',
  principal: { arn: 'arn:aws:sts::111122223333:assumed-role/reader/get-document', accountId: '111122223333' },
};

const plan = (resource: JsonObject, roles = ['reader']) =>
  planFunctions(
    linkTemplate([
      {
        stackName: 'service',
        account: '111122223333',
        region: 'eu-west-1',
        template: { Resources: { Function: resource } },
        assets: new Map([['abc.zip', '/assembly/asset.abc']]),
      },
    ]),
    (role) => (roles.includes(role) ? credentials : undefined),
    {
      s3: 'http://127.0.0.1:2',
      dynamodb: 'http://127.0.0.1:3',
      secretsManager: 'http://127.0.0.1:4',
      eventBridge: 'http://127.0.0.1:5',
    },
  )[0];

describe('the plan of a function', () => {
  it('has the environment of the template and of the Lambda runtime, and nothing else', () => {
    expect(plan(lambda())?.environment).toEqual({
      TABLE_NAME: 'documents',
      TZ: ':UTC',
      _HANDLER: 'index.handler',
      AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:3',
      AWS_ENDPOINT_URL_EVENTBRIDGE: 'http://127.0.0.1:5',
      AWS_ENDPOINT_URL_GUARDDUTY: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:2',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://127.0.0.1:4',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_FUNCTION_NAME: 'get-document',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/get-document',
      AWS_LAMBDA_LOG_STREAM_NAME: 'local',
      AWS_REGION: 'eu-west-1',
      AWS_SECRET_ACCESS_KEY: 'key',
      AWS_SESSION_TOKEN: 'token',
      LAMBDA_RUNTIME_DIR: '/var/runtime',
      LAMBDA_TASK_ROOT: '/assembly/asset.abc',
    });
  });

  it("has Lambda's defaults where the template says nothing", () => {
    expect(plan(lambda())).toMatchObject({
      timeoutSeconds: 3,
      memorySizeMb: 128,
      codeDirectory: '/assembly/asset.abc',
    });
  });

  it('runs no more at a time than is reserved for it', () => {
    expect(plan(lambda({ ReservedConcurrentExecutions: 1 }))?.concurrencyMax).toBe(1);
  });

  it.each<[string, JsonObject, RegExp]>([
    ['another runtime', { Runtime: 'python3.14' }, /Runtime/],
    ['another time zone', { Environment: { Variables: { TZ: 'Asia/Tokyo' } } }, /Asia\/Tokyo.*UTC/],
    ['a layer', { Layers: ['arn:aws:lambda:eu-west-1:111122223333:layer:a:1'] }, /Layers/],
    ['code that is no asset', { Code: { S3Bucket: 'assets', S3Key: 'other.zip' } }, /no asset other\.zip/],
  ])('stops at %s', (_, properties, message) => {
    expect(() => plan(lambda(properties))).toThrow(message);
  });

  it('stops at a role that is not there', () => {
    expect(() => plan(lambda(), [])).toThrow(/role of the function get-document/);
  });
});
