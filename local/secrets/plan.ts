import { findFunction } from '../functions/find.ts';
import { compilePolicy, type Policy } from '../iam/policy.ts';
import { TemplateError } from '../template/errors.ts';
import type { Template } from '../template/template.ts';
import { generatePassword } from './generate.ts';

export interface RotationPlan {
  readonly functionArn: string;
  readonly intervalDays: number;
  /** Whether a schedule that is new begins with a rotation. */
  readonly immediately: boolean;
}

export interface SecretPlan {
  readonly arn: string;
  readonly name: string;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  readonly rotation: RotationPlan | undefined;
  generate(): string;
}

/** Secrets Manager checks this when rotation is configured; on AWS the schedule could not be made otherwise. */
const checkPermission = (template: Template, functionArn: string, secret: { arn: string; account: string }): void => {
  const lambda = findFunction(template, functionArn);
  if (lambda === undefined) throw new TemplateError(`${secret.arn} is rotated by ${functionArn}, which is not there.`);
  const granted = template
    .all('AWS::Lambda::Permission')
    .some(
      ({ config }) =>
        config.Principal === 'secretsmanager.amazonaws.com' &&
        findFunction(template, config.FunctionName) === lambda &&
        [undefined, secret.account].includes(config.SourceAccount) &&
        [undefined, secret.arn].includes(config.SourceArn),
    );
  if (!granted) {
    throw new TemplateError(
      `Secrets Manager may not call ${lambda.ref}: the template has no AWS::Lambda::Permission for it.`,
    );
  }
};

const rotationOf = (template: Template, arn: string, account: string): RotationPlan | undefined => {
  const [schedule, another] = template
    .all('AWS::SecretsManager::RotationSchedule')
    .filter(({ config }) => config.SecretId === arn);
  if (another !== undefined) throw new TemplateError(`The secret ${arn} has two rotation schedules.`);
  if (schedule === undefined) return undefined;
  const { RotationLambdaARN: functionArn, RotationRules, RotateImmediatelyOnUpdate: immediately } = schedule.config;
  checkPermission(template, functionArn, { arn, account });
  return { functionArn, intervalDays: RotationRules.AutomaticallyAfterDays, immediately };
};

const checkSecretIds = (template: Template): void => {
  const arns = template.all('AWS::SecretsManager::Secret').map(({ ref }) => ref);
  for (const { logicalId, config } of [
    ...template.all('AWS::SecretsManager::RotationSchedule'),
    ...template.all('AWS::SecretsManager::ResourcePolicy'),
  ]) {
    if (!arns.includes(config.SecretId))
      throw new TemplateError(`${logicalId} is for ${config.SecretId}, which is no secret of the template.`);
  }
};

/** The secrets of the template, with what rotates them. */
export const planSecrets = (template: Template): readonly SecretPlan[] => {
  checkSecretIds(template);
  return template.all('AWS::SecretsManager::Secret').map(({ ref: arn, account, config }) => ({
    arn,
    name: arn.slice(arn.lastIndexOf(':') + 1, -'-123456'.length),
    tags: config.Tags,
    rotation: rotationOf(template, arn, account),
    generate: () => generatePassword(config.GenerateSecretString),
  }));
};

/** The policies of secrets, by their ARNs. */
export const planSecretPolicies = (template: Template): ReadonlyMap<string, readonly Policy[]> => {
  const policies = new Map<string, readonly Policy[]>();
  for (const { config } of template.all('AWS::SecretsManager::ResourcePolicy')) {
    const { SecretId: arn, ResourcePolicy: document } = config;
    if (policies.has(arn)) throw new TemplateError(`The secret ${arn} has two policies. Make one of them.`);
    policies.set(arn, [compilePolicy(document, arn)]);
  }
  return policies;
};
