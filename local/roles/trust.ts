import { roleNameIn, roleNameOf } from '../functions/plan.ts';
import { evaluate } from '../iam/evaluate.ts';
import { TemplateError } from '../template/errors.ts';
import type { Template } from '../template/template.ts';
import type { Role } from './plan.ts';

const scanner = 'malware-protection-plan.guardduty.amazonaws.com';

const trusts = ({ arn, trust }: Role, service: string): boolean =>
  evaluate(
    {
      principal: { arn: service, accountId: '' },
      action: 'sts:AssumeRole',
      resource: arn,
      conditions: { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': service },
    },
    { identityPolicies: [], resourcePolicies: [trust] },
  ).allowed;

/**
 * Lambda checks this when a function is made ("The role defined for the function cannot be assumed by Lambda."), and
 * GuardDuty when a plan is.
 */
export const checkTrust = (template: Template, roles: readonly Role[]): void => {
  for (const lambda of template.all('AWS::Lambda::Function')) {
    const role = roles.find(({ name }) => name === roleNameOf(lambda));
    if (role === undefined) throw new TemplateError(`The role of the function ${lambda.ref} is not in the template.`);
    if (trusts(role, 'lambda.amazonaws.com')) continue;
    throw new TemplateError(
      `${lambda.ref}: The role defined for the function cannot be assumed by Lambda. ` +
        `The trust policy of ${role.name} does not let lambda.amazonaws.com sts:AssumeRole.`,
    );
  }
  for (const { config, logicalId } of template.all('AWS::GuardDuty::MalwareProtectionPlan')) {
    const role = roles.find(({ name }) => name === roleNameIn(config.Role));
    if (role === undefined) throw new TemplateError(`The role ${config.Role} of ${logicalId} is not in the template.`);
    if (trusts(role, scanner)) continue;
    throw new TemplateError(
      `${logicalId}: GuardDuty cannot assume ${role.name}. Its trust policy does not let ${scanner} sts:AssumeRole.`,
    );
  }
};
