import type { Environment } from './environment.ts';
import { environments, localEnvironment } from './environments.ts';

/** Context keys, given as `cdk synth --context KEY=VALUE`. */
export const contextKeys = {
  /** The origin of the local cloud, `http://127.0.0.1:PORT`: synthesizes the environment `local` alone. */
  localOrigin: 'sealdrop:local-origin',
  /** The name of one environment: synthesizes this one alone. */
  environment: 'sealdrop:environment',
} as const;

/** What to synthesize: all environments, unless the context asks for one. */
export function selectEnvironments(context: (key: string) => unknown): readonly Environment[] {
  const localOrigin = context(contextKeys.localOrigin);
  if (localOrigin !== undefined) return [localEnvironment(`${localOrigin}`)];
  const name = context(contextKeys.environment);
  if (name === undefined) return environments;
  const selected = environments.filter((environment) => environment.name === name);
  if (selected.length > 0) return selected;
  const known = environments.map((environment) => environment.name).join(', ');
  throw new Error(`There is no environment ${name}. Give ${contextKeys.environment} one of: ${known}.`);
}
