import { type FunctionEnvironment, type FunctionName, functions } from '../../contract/functions.ts';

/** The environment variables of one function, only its own. Throws at cold start where one is missing. */
export const environmentOf = <Name extends FunctionName>(
  name: Name,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): FunctionEnvironment<Name> => {
  const names: readonly string[] = functions[name].environment;
  const missing = names.filter((variable) => !environment[variable]);
  if (missing.length > 0)
    throw new Error(`The function ${name} lacks the environment variables ${missing.join(', ')}.`);
  return Object.fromEntries(names.map((variable) => [variable, environment[variable]])) as FunctionEnvironment<Name>;
};
