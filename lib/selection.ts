import type { Profile } from '../contract/profile.ts';
import { profileNames, profiles } from '../profiles/index.ts';
import type { Environment } from './environment.ts';
import { environments, localEnvironment } from './environments.ts';

/** Context keys, given as `cdk synth --context KEY=VALUE`. */
export const contextKeys = {
  /** The origin of the local cloud, `http://127.0.0.1:PORT`: synthesizes the environment `local` alone. */
  localOrigin: 'sealdrop:local-origin',
  /** The name of the profile that the environment `local` has, of those in profiles/. @default - that of dev */
  localProfile: 'sealdrop:local-profile',
  /** The name of one environment: synthesizes this one alone. */
  environment: 'sealdrop:environment',
} as const;

/** What to synthesize: all environments, unless the context asks for one. */
export function selectEnvironments(context: (key: string) => unknown): readonly Environment[] {
  const localOrigin = context(contextKeys.localOrigin);
  if (localOrigin !== undefined)
    return [localEnvironment(`${localOrigin}`, profileNamed(context(contextKeys.localProfile)))];
  const name = context(contextKeys.environment);
  if (name === undefined) return environments;
  const selected = environments.filter((environment) => environment.name === name);
  if (selected.length > 0) return selected;
  const known = environments.map((environment) => environment.name).join(', ');
  throw new Error(`There is no environment ${name}. Give ${contextKeys.environment} one of: ${known}.`);
}

function profileNamed(name: unknown): Profile | undefined {
  if (name === undefined) return undefined;
  const profile = profiles.get(`${name}`);
  if (profile === undefined)
    throw new Error(`There is no profile ${name}. Give ${contextKeys.localProfile} one of: ${profileNames}.`);
  return profile;
}
