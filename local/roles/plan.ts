import { compilePolicy, type Policy } from '../iam/policy.ts';
import { compileTrustPolicy } from '../iam/trust-policy.ts';
import { TemplateError } from '../template/errors.ts';
import type { ResourceOf, Template } from '../template/template.ts';

/** A role with everything that says what it may do. */
export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  /** `RoleId`, with which the `aws:userid` of its sessions begins. */
  readonly id: string;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  /** Who may assume it. */
  readonly trust: Policy;
  readonly policies: readonly Policy[];
}

/** A policy of a role, by the name that errors give it. */
export interface NamedDocument {
  readonly name: string;
  readonly document: unknown;
}

const managedPolicy = (template: Template, arn: string, role: string): NamedDocument => {
  const managed = template.all('AWS::IAM::ManagedPolicy').find(({ ref }) => ref === arn);
  if (managed === undefined) {
    throw new TemplateError(`The role ${role} has the policy ${arn}, which is not in the template.`);
  }
  return { name: `${role}/${managed.logicalId}`, document: managed.config.PolicyDocument };
};

/** What a role may do, wherever the template says it: managed policies, inline ones, and those attached from outside. */
export const policyDocumentsOf = (
  template: Template,
  { ref, config }: ResourceOf<'AWS::IAM::Role'>,
): readonly NamedDocument[] => {
  const attached = new Set([
    ...config.ManagedPolicyArns,
    ...template
      .all('AWS::IAM::ManagedPolicy')
      .flatMap((policy) => (policy.config.Roles.includes(ref) ? [policy.ref] : [])),
  ]);
  const inline = [
    ...config.Policies,
    ...template.all('AWS::IAM::Policy').flatMap((policy) => (policy.config.Roles.includes(ref) ? [policy.config] : [])),
  ];
  return [
    ...[...attached].map((arn) => managedPolicy(template, arn, ref)),
    ...inline.map(({ PolicyName, PolicyDocument }) => ({ name: `${ref}/${PolicyName}`, document: PolicyDocument })),
  ];
};

const planRole = (template: Template, role: ResourceOf<'AWS::IAM::Role'>): Role => {
  const { ref, account, config, attribute } = role;
  return {
    name: ref,
    arn: attribute('Arn'),
    account,
    id: attribute('RoleId'),
    tags: config.Tags,
    trust: compileTrustPolicy(config.AssumeRolePolicyDocument, `${ref}/trust`),
    policies: policyDocumentsOf(template, role).map(({ name, document }) => compilePolicy(document, name)),
  };
};

/** All roles of the template. */
export const planRoles = (template: Template): readonly Role[] =>
  template.all('AWS::IAM::Role').map((role) => planRole(template, role));
