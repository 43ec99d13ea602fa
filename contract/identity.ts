import * as z from 'zod/mini';

/** Tenant ids as tokens must carry them; they are part of keys and of policies' resources. */
export const tenantIdGrammar = /^[a-z0-9-]{1,64}$/;

/**
 * How a user pool says who is whose. People are in groups, which only administrators of the pool can change, and
 * Cognito puts them into access tokens: one `tenant:NAME`, and `role:NAME` for each role. Back ends have no groups; they
 * hold the scope `tenants/NAME` of their tenant, which no person's client may ask for. `sealdrop/SCOPE` are the scopes
 * of the route table: Cognito writes the resource server's identifier before each scope.
 */
export const cognitoNames = {
  tenantGroupPrefix: 'tenant:',
  roleGroupPrefix: 'role:',
  apiResourceServer: 'sealdrop',
  tenantResourceServer: 'tenants',
} as const;

/** Whom the authorizer trusts, in its variable `IDENTITY` as JSON; made from the `identity` of the environment. */
export const IdentitySettings = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('oidc'),
    issuer: z.string(),
    audience: z.string(),
    tenantClaim: z.string(),
    rolesClaim: z.string(),
  }),
  z.strictObject({
    kind: z.literal('cognito'),
    issuer: z.string(),
    /** The public client that people sign in with. */
    pageClientId: z.string(),
    /** The clients of back ends, each with a secret. */
    machineClientIds: z.array(z.string()),
  }),
]);

export type IdentitySettings = z.infer<typeof IdentitySettings>;
export type OidcSettings = Extract<IdentitySettings, { kind: 'oidc' }>;
export type CognitoSettings = Extract<IdentitySettings, { kind: 'cognito' }>;
