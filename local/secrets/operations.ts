import * as z from 'zod/mini';
import { type Refusal, refuse } from '../aws-json/refusal.ts';
import type { JsonObject } from '../template/json.ts';
import { describe } from './describe.ts';
import { current, type Secret, type SecretVersion } from './secret.ts';

interface Operation {
  /** Strict: a parameter that is not in it is one the local Secrets Manager does not do. */
  readonly parameters: z.ZodMiniType;
  run(secret: Secret, parameters: JsonObject): JsonObject | Refusal;
}

const operation = <Parameters>(
  parameters: z.ZodMiniType<Parameters>,
  run: (secret: Secret, parameters: Parameters) => JsonObject | Refusal,
): Operation => ({ parameters, run: (secret, given) => run(secret, z.parse(parameters, given)) });

const SecretId = z.string().check(z.minLength(1), z.maxLength(2048));
const VersionId = z.string().check(z.minLength(32), z.maxLength(64));
const VersionStage = z.string().check(z.minLength(1), z.maxLength(256));

const seconds = (time: Date): number => time.getTime() / 1000;

const notFound = (what: string): Refusal =>
  refuse('ResourceNotFoundException', `Secrets Manager can't find the specified secret value for ${what}`);

const found = ({ plan }: Secret, version: SecretVersion | undefined, what: string): JsonObject | Refusal =>
  version?.value === undefined
    ? notFound(what)
    : {
        ARN: plan.arn,
        Name: plan.name,
        VersionId: version.id,
        SecretString: version.value,
        VersionStages: version.stages,
        CreatedDate: seconds(version.createdAt),
      };

const getSecretValue = operation(
  z.strictObject({ SecretId, VersionId: z.optional(VersionId), VersionStage: z.optional(VersionStage) }),
  (secret, { VersionId: id, VersionStage: stage }) => {
    if (id === undefined) return found(secret, secret.staged(stage ?? current), `staging label: ${stage ?? current}`);
    const version = secret.version(id);
    if (version !== undefined && stage !== undefined && !version.stages.includes(stage)) {
      const message = 'You provided a VersionStage that is not associated to the provided VersionId.';
      return refuse('InvalidRequestException', message);
    }
    return found(secret, version, `VersionId: ${id}`);
  },
);

const putSecretValue = operation(
  z.strictObject({
    SecretId,
    ClientRequestToken: VersionId,
    SecretString: z.string().check(z.minLength(1), z.maxLength(65_536)),
    VersionStages: z._default(z.array(VersionStage).check(z.minLength(1), z.maxLength(20)), [current]),
  }),
  (secret, { ClientRequestToken: id, SecretString: value, VersionStages: stages }) => {
    const kept = secret.version(id)?.value;
    if (kept !== undefined && kept !== value) {
      return refuse('ResourceExistsException', 'A version with this ClientRequestToken exists and has another value.');
    }
    if (kept === undefined) secret.put(id, value, stages);
    const { arn: ARN, name: Name } = secret.plan;
    return { ARN, Name, VersionId: id, VersionStages: secret.version(id)?.stages ?? [] };
  },
);

const updateSecretVersionStage = operation(
  z.strictObject({
    SecretId,
    VersionStage,
    MoveToVersionId: z.optional(VersionId),
    RemoveFromVersionId: z.optional(VersionId),
  }),
  (secret, { VersionStage: stage, MoveToVersionId: to, RemoveFromVersionId: from }) => {
    const holder = secret.staged(stage)?.id;
    if (to !== undefined && secret.version(to) === undefined) return notFound(`VersionId: ${to}`);
    if (to === undefined && (stage === current || from === undefined)) {
      return refuse('InvalidParameterException', `Say with MoveToVersionId which version ${stage} moves to.`);
    }
    if (from !== holder && (from !== undefined || holder !== to)) {
      const message = `${stage} is attached to version ${holder}: name that one with RemoveFromVersionId.`;
      return refuse('InvalidParameterException', message);
    }
    secret.moveStage(stage, to);
    return { ARN: secret.plan.arn, Name: secret.plan.name };
  },
);

const listSecretVersionIds = operation(
  z.strictObject({ SecretId, IncludeDeprecated: z._default(z.boolean(), false) }),
  (secret, { IncludeDeprecated }) => ({
    ARN: secret.plan.arn,
    Name: secret.plan.name,
    Versions: secret
      .versions()
      .filter(({ stages }) => IncludeDeprecated || stages.length > 0)
      .map(({ id, stages, createdAt }) => ({
        VersionId: id,
        VersionStages: stages,
        CreatedDate: seconds(createdAt),
      })),
  }),
);

/** What the local Secrets Manager does (API reference); everything else is refused by name. */
export const operations: ReadonlyMap<string, Operation> = new Map([
  ['DescribeSecret', operation(z.strictObject({ SecretId }), describe)],
  ['GetSecretValue', getSecretValue],
  ['ListSecretVersionIds', listSecretVersionIds],
  ['PutSecretValue', putSecretValue],
  ['UpdateSecretVersionStage', updateSecretVersionStage],
]);
