import { TemplateError } from '../template/errors.ts';
import type { ResourceOf, Template } from '../template/template.ts';
import type { ClockOffset } from './clock-offset.ts';
import { findFunction } from './find.ts';
import { createFunction } from './function.ts';
import type { FunctionConfig, LambdaFunction } from './types.ts';

export interface FoundFunction {
  readonly resource: ResourceOf<'AWS::Lambda::Function'>;
  readonly lambda: LambdaFunction;
}

export interface FunctionsWorld {
  readonly logDirectory: string;
  readonly cleanup: AsyncDisposableStack;
  /** @default - functions have the machine's clock */
  readonly clockOffset?: ClockOffset | undefined;
}

/** Makes the functions of a template; finds them by name or ARN, and throws where there is none. */
export const createFunctions = (
  template: Template,
  configs: readonly FunctionConfig[],
  { logDirectory, cleanup, clockOffset }: FunctionsWorld,
): ((nameOrArn: string) => FoundFunction) => {
  const functions = configs.map((config) => {
    const lambda = createFunction(config, logDirectory, clockOffset);
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
