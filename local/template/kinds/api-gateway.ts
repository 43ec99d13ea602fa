import * as z from 'zod/mini';
import { emulated, generatedId, noEffect, notRun } from '../kind.ts';

/** AWS::ApiGateway::RestApi. TLS and the kind of endpoint are AWS's: here it is plain HTTP on 127.0.0.1. */
export const restApi = emulated({
  ref: generatedId,
  attributes: { RestApiId: generatedId, RootResourceId: (context) => `root-${generatedId(context)}` },
  properties: z.strictObject({
    Name: z.string(),
    Description: noEffect,
    DisableExecuteApiEndpoint: noEffect,
    EndpointAccessMode: noEffect,
    MinimumCompressionSize: z.optional(z.int()),
    EndpointConfiguration: notRun('the gateway is on 127.0.0.1 only'),
    SecurityPolicy: notRun('the gateway speaks plain HTTP'),
    Tags: noEffect,
  }),
});

/** AWS::ApiGateway::Resource: one path part. */
export const apiResource = emulated({
  ref: generatedId,
  attributes: { ResourceId: generatedId },
  properties: z.strictObject({ RestApiId: z.string(), ParentId: z.string(), PathPart: z.string() }),
});

const StringMap = z.record(z.string(), z.string());

const LambdaProxy = z.strictObject({
  Type: z.literal('AWS_PROXY'),
  IntegrationHttpMethod: z.literal('POST'),
  Uri: z.string(),
  TimeoutInMillis: z._default(z.int(), 29_000),
});

const Mock = z.strictObject({
  Type: z.literal('MOCK'),
  RequestTemplates: z._default(StringMap, {}),
  PassthroughBehavior: z._default(z.enum(['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER']), 'WHEN_NO_MATCH'),
  IntegrationResponses: z.tuple([
    z.strictObject({
      StatusCode: z.string(),
      ResponseParameters: z._default(StringMap, {}),
      ResponseTemplates: z._default(StringMap, {}),
    }),
  ]),
});

/** AWS::ApiGateway::Method with a Lambda proxy or a mock (for CORS preflight) behind it. */
export const apiMethod = emulated({
  ref: generatedId,
  properties: z.strictObject({
    RestApiId: z.string(),
    ResourceId: z.string(),
    HttpMethod: z.string(),
    AuthorizationType: z.enum(['NONE', 'CUSTOM']),
    AuthorizerId: z.optional(z.string()),
    ApiKeyRequired: z.optional(z.literal(false)),
    Integration: z.discriminatedUnion('Type', [LambdaProxy, Mock]),
    RequestValidatorId: z.optional(z.string()),
    RequestModels: z._default(StringMap, {}),
    OperationName: noEffect,
    MethodResponses: noEffect,
  }),
});

/** AWS::ApiGateway::Authorizer: a Lambda that sees the whole request. */
export const apiAuthorizer = emulated({
  ref: generatedId,
  attributes: { AuthorizerId: generatedId },
  properties: z.strictObject({
    RestApiId: z.string(),
    Name: z.string(),
    Type: z.literal('REQUEST'),
    AuthorizerUri: z.string(),
    IdentitySource: z.string(),
    AuthorizerResultTtlInSeconds: z._default(z.int(), 300),
  }),
});

/** AWS::ApiGateway::Model: a JSON schema, draft 4. */
export const apiModel = emulated({
  ref: (context) => String(context.property('Name') ?? generatedId(context)),
  properties: z.strictObject({
    RestApiId: z.string(),
    Name: z.optional(z.string()),
    ContentType: z._default(z.string(), 'application/json'),
    Schema: z.looseObject({}),
    Description: noEffect,
  }),
});

/** AWS::ApiGateway::RequestValidator. */
export const apiRequestValidator = emulated({
  ref: generatedId,
  attributes: { RequestValidatorId: generatedId },
  properties: z.strictObject({
    RestApiId: z.string(),
    Name: noEffect,
    ValidateRequestBody: z._default(z.boolean(), false),
    ValidateRequestParameters: z.optional(z.literal(false)),
  }),
});

/** AWS::ApiGateway::GatewayResponse. */
export const apiGatewayResponse = emulated({
  ref: generatedId,
  properties: z.strictObject({
    RestApiId: z.string(),
    ResponseType: z.string(),
    StatusCode: z.optional(z.string()),
    ResponseParameters: z._default(StringMap, {}),
    ResponseTemplates: z._default(StringMap, {}),
  }),
});

/** AWS::ApiGateway::Stage. Logs, metrics and tracing are AWS's; throttling is done here. */
export const apiStage = emulated({
  ref: (context) => String(context.property('StageName') ?? generatedId(context)),
  properties: z.strictObject({
    RestApiId: z.string(),
    StageName: z.string(),
    DeploymentId: z.string(),
    MethodSettings: z._default(
      z.array(
        z.strictObject({
          HttpMethod: z.literal('*'),
          ResourcePath: z.literal('/*'),
          ThrottlingBurstLimit: z.optional(z.int()),
          ThrottlingRateLimit: z.optional(z.number()),
          CachingEnabled: z.optional(z.literal(false)),
          DataTraceEnabled: noEffect,
          LoggingLevel: noEffect,
          MetricsEnabled: noEffect,
        }),
      ),
      [],
    ),
    AccessLogSetting: notRun('no access logs are written'),
    Description: noEffect,
    Tags: noEffect,
    TracingEnabled: notRun('nothing is traced'),
  }),
});
