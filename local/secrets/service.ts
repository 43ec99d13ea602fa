import { parametersOf } from '../aws-json/parameters.ts';
import type { AwsJsonService } from '../aws-json/protocol.ts';
import { type Refusal, refuse } from '../aws-json/refusal.ts';
import type { JsonObject } from '../template/json.ts';
import { operations } from './operations.ts';
import type { Secret } from './secret.ts';

/** By ARN or by name, whole ones only. */
export const findSecret = (secrets: readonly Secret[], id: string): Secret | undefined =>
  secrets.find(({ plan }) => [plan.arn, plan.name].includes(id));

export const operationOf = (target: string | undefined): string =>
  /^secretsmanager\.(\w+)$/.exec(target ?? '')?.[1] ?? '';

/** `secret:NAME-123456` of an ARN. */
const resourceOf = (arn: string): string => arn.slice(arn.indexOf(':secret:') + 1);

/** "Actions, resources, and condition keys for AWS Secrets Manager": what the request and the secret say. */
const conditionsOf = ({ VersionId, VersionStage }: JsonObject, secret: Secret | undefined) => ({
  ...(secret !== undefined && { 'secretsmanager:SecretId': secret.plan.arn }),
  ...(typeof VersionId === 'string' && { 'secretsmanager:VersionId': VersionId }),
  ...(typeof VersionStage === 'string' && { 'secretsmanager:VersionStage': VersionStage }),
  ...(secret?.plan.rotation !== undefined && {
    'secretsmanager:resource/AllowRotationLambdaArn': secret.plan.rotation.functionArn,
  }),
  ...Object.fromEntries(
    (secret?.plan.tags ?? []).flatMap(({ Key, Value }) =>
      ['secretsmanager', 'aws'].map((service) => [`${service}:ResourceTag/${Key}`, Value]),
    ),
  ),
});

/** Secrets Manager as far as functions use it: `X-Amz-Target: secretsmanager.OPERATION`, JSON 1.1. */
export const secretsManager = (secrets: readonly Secret[]): AwsJsonService => ({
  name: 'secretsmanager',
  title: 'Secrets Manager',
  contentType: 'application/x-amz-json-1.1',
  bodySizeBytesMax: 1024 * 1024,
  wantedOf: (target, body) => {
    const operation = operationOf(target);
    if (!operations.has(operation)) {
      const name = operation || String(target);
      return refuse('UnknownOperationException', `The local Secrets Manager does not do ${name}. Use AWS to try it.`);
    }
    const parameters = parametersOf(body);
    if (parameters === undefined) return refuse('SerializationException', 'The body is not a JSON object.');
    const { SecretId: id } = parameters;
    if (typeof id !== 'string' || id === '') return refuse('ValidationException', 'The request names no SecretId.');
    const secret = findSecret(secrets, id);
    return {
      action: `secretsmanager:${operation}`,
      resources: [secret === undefined ? `secret:${id}` : resourceOf(secret.plan.arn)],
      conditions: conditionsOf(parameters, secret),
    };
  },
  errorOf: ({ code, message }) => ({ __type: code, Message: message }),
});

/** Does a call that may be done. */
export const runOperation = (
  secrets: readonly Secret[],
  target: string | undefined,
  body: Buffer,
): JsonObject | Refusal => {
  const operation = operations.get(operationOf(target));
  const parameters = parametersOf(body) ?? {};
  const secret = findSecret(secrets, String(parameters.SecretId));
  if (operation === undefined) throw new Error(`${target} was let through, but there is no such operation.`);
  const { success, error } = operation.parameters.safeParse(parameters);
  if (!success) {
    const { path = [], message } = error.issues[0] ?? {};
    return refuse('ValidationException', `The local Secrets Manager does not take this: ${path.join('.')} ${message}`);
  }
  if (secret === undefined) {
    return refuse('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }
  return operation.run(secret, parameters);
};
