import { roleNameOf } from '../functions/plan.ts';
import { evaluate } from '../iam/evaluate.ts';
import { TemplateError } from '../template/errors.ts';
import type { Template } from '../template/template.ts';
import type { Role } from './plan.ts';

/** Lambda checks this when a function is made ("The role defined for the function cannot be assumed by Lambda."). */
export const checkTrust = (template: Template, roles: readonly Role[]): void => {
  for (const lambda of template.all('AWS::Lambda::Function')) {
    const role = roles.find(({ name }) => name === roleNameOf(lambda));
    if (role === undefined) throw new TemplateError(`The role of the function ${lambda.ref} is not in the template.`);
    const decision = evaluate(
      {
        principal: { arn: 'lambda.amazonaws.com', accountId: '' },
        action: 'sts:AssumeRole',
        resource: role.arn,
        conditions: { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': 'lambda.amazonaws.com' },
      },
      { identityPolicies: [], resourcePolicies: [role.trust] },
    );
    if (!decision.allowed) {
      throw new TemplateError(
        `${lambda.ref}: The role defined for the function cannot be assumed by Lambda. ` +
          `The trust policy of ${role.name} does not let lambda.amazonaws.com sts:AssumeRole.`,
      );
    }
  }
};
