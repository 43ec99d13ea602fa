import * as z from 'zod/mini';
import { arn, emulated, generatedId, noEffect, physicalName } from '../kind.ts';

const functionName = physicalName('FunctionName', 64);

/** AWS::Lambda::Function. Memory, architecture and tracing change cost and speed on AWS, nothing here. */
export const lambdaFunction = emulated({
  ref: functionName,
  attributes: { Arn: arn('lambda', (context) => `function:${functionName(context)}`) },
  properties: z.strictObject({
    FunctionName: z.optional(z.string()),
    Handler: z.string(),
    Runtime: z.literal('nodejs24.x'),
    Role: z.string(),
    Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
    Timeout: z._default(z.int(), 3),
    MemorySize: z._default(z.int(), 128),
    ReservedConcurrentExecutions: z.optional(z.int().check(z.positive())),
    Environment: z.optional(z.strictObject({ Variables: z.record(z.string(), z.string()) })),
    Architectures: noEffect,
    Description: noEffect,
    EphemeralStorage: noEffect,
    KmsKeyArn: noEffect,
    LoggingConfig: noEffect,
    PackageType: z.optional(z.literal('Zip')),
    RecursiveLoop: noEffect,
    Tags: noEffect,
    TracingConfig: noEffect,
  }),
});

/** AWS::Lambda::Permission: who may call a function. The gateway refuses to start without one for its calls. */
export const lambdaPermission = emulated({
  ref: generatedId,
  properties: z.strictObject({
    Action: z.literal('lambda:InvokeFunction'),
    FunctionName: z.string(),
    Principal: z.string(),
    SourceArn: z.optional(z.string()),
    SourceAccount: z.optional(z.string()),
  }),
});

/** AWS::Lambda::EventSourceMapping of an SQS queue. */
export const lambdaEventSourceMapping = emulated({
  ref: generatedId,
  properties: z.strictObject({
    EventSourceArn: z.string(),
    FunctionName: z.string(),
    BatchSize: z._default(z.int(), 10),
    MaximumBatchingWindowInSeconds: z._default(z.int(), 0),
    FunctionResponseTypes: z._default(z.array(z.literal('ReportBatchItemFailures')), []),
    ScalingConfig: z.optional(z.strictObject({ MaximumConcurrency: z.int() })),
    Enabled: z._default(z.boolean(), true),
    MetricsConfig: noEffect,
    Tags: noEffect,
  }),
});
