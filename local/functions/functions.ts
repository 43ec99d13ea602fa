import { TemplateError } from '../template/errors.ts';
import type { ResourceOf, Template } from '../template/template.ts';
import { findFunction } from './find.ts';
import { createFunction } from './function.ts';
import type { FunctionConfig, LambdaFunction } from './types.ts';

export interface FoundFunction {
  readonly resource: ResourceOf<'AWS::Lambda::Function'>;
  readonly lambda: LambdaFunction;
}

/** Makes the functions of a template; finds them by name or ARN, and throws where there is none. */
export const createFunctions = (
  template: Template,
  configs: readonly FunctionConfig[],
  { logDirectory, cleanup }: { readonly logDirectory: string; readonly cleanup: AsyncDisposableStack },
): ((nameOrArn: string) => FoundFunction) => {
  const functions = configs.map((config) => {
    const lambda = createFunction(config, logDirectory);
    cleanup.defer(() => lambda.close());
    return lambda;
  });
  return (nameOrArn) => {
    const resource = findFunction(template, nameOrArn);
    const lambda = functions.find(({ config }) => config.name === resource?.ref);
    if (resource === undefined || lambda === undefined) {
      throw new TemplateError(`The template has no function ${nameOrArn}.`);
    }
    return { resource, lambda };
  };
};
