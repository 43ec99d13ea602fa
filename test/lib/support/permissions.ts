import type { FunctionName } from '../../../contract/functions.ts';
import { functions } from '../../../contract/functions.ts';
import { names } from '../../../lib/names.ts';
import { evaluate } from '../../../local/iam/evaluate.ts';
import { compilePolicy, type Policy } from '../../../local/iam/policy.ts';
import type { Decision } from '../../../local/iam/types.ts';
import { readTemplate } from '../../../local/template/template.ts';
import { type PolicyStatement, resourcesOf, type Synthesized, statementsOf } from './synthesize.ts';

export type Conditions = Readonly<Record<string, string | readonly string[]>>;

export interface Permissions {
  readonly bucketArn: string;
  readonly tableArn: string;
  readonly queueArns: Readonly<Record<'uploads' | 'scan-results' | 'dead-letters', string>>;
  readonly busArn: string;
  readonly secretArn: string;
  /** What a function's role may do: its own policy and the bucket's. */
  decide(role: FunctionName | 'administrator', action: string, resource: string, conditions: Conditions): Decision;
  /** What its own policy alone would let it do, were there no bucket policy. */
  decideAlone: Permissions['decide'];
  /** The actions of a function's own policy. */
  actionsOf(role: FunctionName): readonly string[];
  readonly bucketStatements: readonly PolicyStatement[];
}

/** Somebody of the account whose own policy allows everything: only the bucket policy is left to stop them. */
const administratorPolicy = compilePolicy(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  'administrator',
);

/** The policies of the synthesized template, resolved and evaluated as the local cloud does it. */
export function permissionsOf({ environment, directory, data }: Synthesized): Permissions {
  const template = readTemplate(directory);
  const documents = template.all('AWS::S3::Bucket').find(({ ref }) => ref.includes('-documents-'));
  const [table] = template.all('AWS::DynamoDB::Table');
  const [bus] = template.all('AWS::Events::EventBus');
  const queueArn = (name: string): string => {
    const queue = template.all('AWS::SQS::Queue').find(({ config }) => config.QueueName === name);
    if (!queue) throw new Error(`There is no queue ${name}.`);
    return queue.attribute('Arn');
  };
  const bucketPolicy = template.all('AWS::S3::BucketPolicy').find(({ config }) => config.Bucket === documents?.ref);
  const [secret] = template.all('AWS::SecretsManager::Secret');
  if (!documents || !table || !bus || !secret || !bucketPolicy)
    throw new Error('The template lacks bucket, table, bus or secret.');

  const documentOf = (name: FunctionName) => {
    const role = template.all('AWS::IAM::Role').find(({ ref }) => ref === `sealdrop-${environment.name}-${name}`);
    const policy = template
      .all('AWS::IAM::ManagedPolicy')
      .find(({ ref }) => role?.config.ManagedPolicyArns.includes(ref));
    if (!policy) throw new Error(`${name} has no policy.`);
    return policy.config.PolicyDocument;
  };
  const functionNames = Object.keys(functions) as FunctionName[];
  const identity = new Map<string, Policy>([
    ['administrator', administratorPolicy],
    ...functionNames.map((name): [string, Policy] => [name, compilePolicy(documentOf(name), name)]),
  ]);
  const resource = compilePolicy(bucketPolicy.config.PolicyDocument, 'bucket');
  const bucketArn = documents.attribute('Arn');
  const decideBy =
    (resourcePolicies: readonly Policy[]): Permissions['decide'] =>
    (role, action, target, conditions) => {
      const roleName = role === 'administrator' ? role : `sealdrop-${environment.name}-${role}`;
      const identityPolicy = identity.get(role);
      return evaluate(
        {
          principal: {
            arn: `arn:aws:sts::${environment.account}:assumed-role/${roleName}/session`,
            accountId: environment.account,
          },
          action,
          resource: target,
          conditions: {
            'aws:PrincipalArn': `arn:aws:iam::${environment.account}:role/${roleName}`,
            'aws:SecureTransport': 'true',
            ...conditions,
          },
        },
        {
          identityPolicies: identityPolicy ? [identityPolicy] : [],
          resourcePolicies: target.startsWith(bucketArn) ? resourcePolicies : [],
        },
      );
    };
  return {
    bucketArn,
    tableArn: table.attribute('Arn'),
    queueArns: {
      uploads: queueArn(names.queue(environment, 'uploads')),
      'scan-results': queueArn(names.queue(environment, 'scan-results')),
      'dead-letters': queueArn(names.deadLetters(environment, 'uploads')),
    },
    busArn: bus.attribute('Arn'),
    secretArn: secret.ref,
    bucketStatements: resourcesOf(data, 'AWS::S3::BucketPolicy').flatMap((policy) => statementsOf(policy)),
    actionsOf: (role) =>
      statementsOf({ Type: '', DependsOn: [], Properties: { document: documentOf(role) } }, 'document').flatMap(
        ({ Action }) => Action,
      ),
    decide: decideBy([resource]),
    decideAlone: decideBy([]),
  };
}
