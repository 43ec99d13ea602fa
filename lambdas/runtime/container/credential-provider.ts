/**
 * Stands in for `@aws-sdk/credential-provider-node` in the bundles (see `lib/bundles.ts`). On Lambda the role's
 * credentials are in the environment; the SDK's default chain would also look in files, sign-on sessions, other
 * processes and the instance metadata service: 135 kB that start slower and that a function has no business with.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
