import * as z from 'zod/mini';
import { arn, emulated, generatedId, noEffect, notDone, notRun, physicalName } from '../kind.ts';

const functionName = physicalName('FunctionName', 64);

/**
 * AWS::Lambda::Function. Memory is no limit here: a thread with a limit of its own that is passed by one big allocation
 * ends the whole process.
 */
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
    MemorySize: notDone('functions are told of it and not held to it', z._default(z.int(), 128)),
    ReservedConcurrentExecutions: z.optional(z.int().check(z.positive())),
    Environment: z.optional(z.strictObject({ Variables: z.record(z.string(), z.string()) })),
    Architectures: notRun('functions run on the processor of this machine'),
    Description: noEffect,
    EphemeralStorage: notRun('functions write to the disk of this machine'),
    KmsKeyArn: notRun('data lies in the data folder as it is'),
    LoggingConfig: notRun('logs are files in the data folder'),
    PackageType: z.optional(z.literal('Zip')),
    RecursiveLoop: noEffect,
    Tags: noEffect,
    TracingConfig: notRun('nothing is traced'),
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
