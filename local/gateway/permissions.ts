import { matchesPattern, patternOf } from '../iam/wildcard.ts';
import { TemplateError } from '../template/errors.ts';
import type { Template } from '../template/template.ts';

/** `documents` of `arn:aws:lambda:REGION:ACCOUNT:function:documents`. */
const nameOf = (functionArn: string): string => functionArn.slice(functionArn.lastIndexOf(':') + 1);

/**
 * Stops the start where API Gateway may not call a function that it is to call: on AWS the route would answer 500.
 * `source` is the ARN of the caller, `*` for the parameters of a path. Lambda compares it by StringLike ("AddPermission").
 */
export const createPermissionCheck = (template: Template) => {
  const permissions = template
    .all('AWS::Lambda::Permission')
    .filter(({ config }) => config.Principal === 'apigateway.amazonaws.com')
    .map(({ config }) => ({ functionName: config.FunctionName, source: patternOf(config.SourceArn ?? '*', '*?') }));
  return (functionArn: string, source: string): void => {
    const granted = permissions.some(
      ({ functionName, source: allowed }) =>
        [functionArn, nameOf(functionArn)].includes(functionName) && matchesPattern(allowed, source),
    );
    if (!granted) {
      throw new TemplateError(
        `API Gateway may not call ${functionArn} from ${source}: the template has no AWS::Lambda::Permission for it.`,
      );
    }
  };
};
