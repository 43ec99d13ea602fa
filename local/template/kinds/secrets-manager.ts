import * as z from 'zod/mini';
import { arn, emulated, generatedId, noEffect, notRun, physicalName } from '../kind.ts';

const secretName = physicalName('Name', 256);

/** Secrets Manager ends ARNs with six random characters, so that a new secret of an old name is another one. */
const secretArn = arn(
  'secretsmanager',
  (context) => `secret:${secretName(context)}-${generatedId(context).slice(0, 6)}`,
);

const switchedOff = z._default(z.boolean(), false);

/** Defaults are those of the CloudFormation reference. */
const GenerateSecretString = z.strictObject({
  ExcludeCharacters: z._default(z.string(), ''),
  ExcludeLowercase: switchedOff,
  ExcludeNumbers: switchedOff,
  ExcludePunctuation: switchedOff,
  ExcludeUppercase: switchedOff,
  IncludeSpace: switchedOff,
  PasswordLength: z._default(z.int().check(z.minimum(1), z.maximum(4096)), 32),
  RequireEachIncludedType: z._default(z.boolean(), true),
});

/** AWS::SecretsManager::Secret whose value Secrets Manager generates: a value in a template would be none. */
export const secretsManagerSecret = emulated({
  ref: secretArn,
  attributes: { Id: secretArn },
  properties: z.strictObject({
    Name: z.optional(z.string()),
    GenerateSecretString,
    Description: noEffect,
    KmsKeyId: notRun('secrets lie in the data folder as they are'),
    Tags: z._default(z.array(z.strictObject({ Key: z.string(), Value: z.string() })), []),
  }),
});

/** AWS::SecretsManager::RotationSchedule by a function, every so many days. */
export const secretsManagerRotationSchedule = emulated({
  ref: generatedId,
  properties: z.strictObject({
    SecretId: z.string(),
    RotationLambdaARN: z.string(),
    RotationRules: z.strictObject({ AutomaticallyAfterDays: z.int().check(z.minimum(1), z.maximum(1000)) }),
    RotateImmediatelyOnUpdate: z._default(z.boolean(), true),
  }),
});

/** AWS::SecretsManager::ResourcePolicy. */
export const secretsManagerResourcePolicy = emulated({
  ref: generatedId,
  properties: z.strictObject({
    SecretId: z.string(),
    ResourcePolicy: z.looseObject({ Statement: z.unknown() }),
    BlockPublicPolicy: noEffect,
  }),
});
