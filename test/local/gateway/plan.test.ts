import { describe, expect, it } from 'vitest';
import { planGateway } from '../../../local/gateway/plan.ts';
import type { JsonObject } from '../../../local/template/json.ts';
import { linkTemplate } from '../../../local/template/template.ts';

const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:documents';
const uri = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
const RestApiId = { Ref: 'Api' };

const method = (properties: JsonObject = {}): JsonObject => ({
  Type: 'AWS::ApiGateway::Method',
  Properties: {
    RestApiId,
    ResourceId: { Ref: 'Document' },
    HttpMethod: 'GET',
    AuthorizationType: 'NONE',
    Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: uri },
    ...properties,
  },
});

const otherFunction: JsonObject = {
  Type: 'AWS_PROXY',
  IntegrationHttpMethod: 'POST',
  Uri: uri.replace('function:documents', 'function:list-documents'),
};

const permission = (path: string, FunctionName = functionArn): JsonObject => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction',
    FunctionName,
    Principal: 'apigateway.amazonaws.com',
    SourceArn: { 'Fn::Sub': `arn:aws:execute-api:eu-west-1:111122223333:\${Api}/${path}` },
  },
});

const resource = (PathPart: string, ParentId: JsonObject): JsonObject => ({
  Type: 'AWS::ApiGateway::Resource',
  Properties: { RestApiId, PathPart, ParentId },
});

const basis: JsonObject = {
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api' } },
  Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId, StageName: 'live', DeploymentId: 'any' } },
  Documents: resource('documents', { 'Fn::GetAtt': ['Api', 'RootResourceId'] }),
  Document: resource('{documentId}', { Ref: 'Documents' }),
  Method: method(),
  Permission: permission('live/GET/documents/*'),
};

const plan = (changes: JsonObject = {}) => {
  const template = { Resources: { ...basis, ...changes } };
  const stack = { stackName: 'service', account: '111122223333', region: 'eu-west-1', template, assets: new Map() };
  return planGateway(linkTemplate([stack]));
};

const preflight = (changes: JsonObject = {}): JsonObject =>
  method({
    HttpMethod: 'OPTIONS',
    Integration: {
      Type: 'MOCK',
      RequestTemplates: { 'application/json': '{"statusCode":204}' },
      IntegrationResponses: [{ StatusCode: '204', ...changes }],
    },
  });

const response = (properties: JsonObject): JsonObject => ({
  Type: 'AWS::ApiGateway::GatewayResponse',
  Properties: { RestApiId, ResponseType: 'UNAUTHORIZED', ...properties },
});

describe('the plan of the gateway', () => {
  it('has the routes with their whole paths', () => {
    const { routes, stageName } = plan();
    expect(stageName).toBe('live');
    expect(routes).toMatchObject([
      {
        method: 'GET',
        path: '/documents/{documentId}',
        integration: { kind: 'lambda', functionArn, timeoutMs: 29_000 },
      },
    ]);
  });

  it('takes a permission that names the function', () => {
    expect(plan({ Permission: permission('live/GET/documents/*', 'documents') }).routes).toHaveLength(1);
  });

  it('has the throttle of the stage', () => {
    const MethodSettings = [
      { HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
    ];
    const Stage = {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { RestApiId, StageName: 'live', DeploymentId: 'any', MethodSettings },
    };
    expect(plan({ Stage }).throttle).toEqual({ requestsPerSecond: 100, burst: 200 });
  });

  it('takes the schema of a model only where a validator looks at bodies', () => {
    const Model = {
      Type: 'AWS::ApiGateway::Model',
      Properties: { RestApiId, Name: 'Body', Schema: { type: 'object' } },
    };
    const Validator = {
      Type: 'AWS::ApiGateway::RequestValidator',
      Properties: { RestApiId, ValidateRequestBody: true },
    };
    const RequestModels = { 'application/json': { Ref: 'Model' } };
    const validated = method({ RequestModels, RequestValidatorId: { Ref: 'Validator' } });

    const schemas = (Method: JsonObject) => plan({ Model, Validator, Method }).routes[0]?.bodySchemas;
    expect(schemas(validated)).toEqual(new Map([['application/json', { type: 'object' }]]));
    expect(schemas(method({ RequestModels }))).toBeUndefined();
  });

  it.each<[string, JsonObject, RegExp]>([
    [
      'a function that API Gateway may not call',
      { Permission: permission('live/POST/documents/*') },
      /may not call.*GET/,
    ],
    [
      'a permission for a function whose name only ends alike',
      { Permission: permission('live/GET/documents/*', 'documents'), Method: method({ Integration: otherFunction }) },
      /may not call.*list-documents/,
    ],
    [
      'a method whose authorization it does not know',
      { Method: method({ AuthorizationType: 'AWS_IAM' }) },
      /AuthorizationType/,
    ],
    ['a greedy path', { Document: resource('{proxy+}', { Ref: 'Documents' }) }, /\{proxy\+\}/],
    ['no stage', { Stage: basis.Api ?? {} }, /exactly one/],
    [
      'a header of an answer that is no literal',
      { Preflight: preflight({ ResponseParameters: { 'method.response.header.A': 'context.requestId' } }) },
      /method\.response\.header\.A = context\.requestId/,
    ],
    [
      'a template in a language it does not know all of',
      { Preflight: preflight({ ResponseTemplates: { 'application/json': '$util.time()' } }) },
      /\$util/,
    ],
    [
      'a variable of a gateway response it does not know',
      { Response: response({ ResponseTemplates: { 'application/json': '$context.wafResponseCode' } }) },
      /\$context\.wafResponseCode/,
    ],
    [
      'a gateway response in another type',
      { Response: response({ ResponseTemplates: { 'text/html': '<p>' } }) },
      /no template for text\/html/,
    ],
  ])('stops at %s', (_, changes, message) => {
    expect(() => plan(changes)).toThrow(message);
  });
});
