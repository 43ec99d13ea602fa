import * as z from 'zod/mini';
import { tenantIdGrammar } from '../contract/identity.ts';
import { scopes } from '../contract/routes.ts';

const Oidc = z.strictObject({
  kind: z.literal('oidc'),
  /** `iss` of the tokens; its keys are found by OpenID Connect Discovery. */
  issuer: z.string().check(z.refine<string>((text) => URL.canParse(text), { error: 'is not a URL', abort: true })),
  /** `aud` of the tokens. */
  audience: z.string().check(z.minLength(1)),
  /** The claim that names the caller's tenant. */
  tenantClaim: z.string().check(z.minLength(1)),
  /** The claim that names the caller's roles; the names are in contract/roles.ts. */
  rolesClaim: z.string().check(z.minLength(1)),
});

const TenantId = z.string().check(z.regex(tenantIdGrammar, 'is not 1 to 64 characters of a-z, 0-9 and -'));

const MachineClient = z.strictObject({
  name: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,62}$/, 'is not 1 to 63 characters of a-z, 0-9 and -')),
  /** The one tenant whose documents the back end works on. */
  tenant: TenantId,
  scopes: z.array(z.enum(scopes)).check(z.minLength(1)),
});

const Cognito = z.strictObject({
  kind: z.literal('cognito'),
  /** Of the pages people sign in at: `https://PREFIX.auth.REGION.amazoncognito.com`. Nobody else in the region has it. */
  domainPrefix: z.string().check(
    z.regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'is not 1 to 63 characters of a-z, 0-9 and -'),
    // Cognito developer guide, "Using the Amazon Cognito prefix domain".
    z.refine((text) => !/aws|amazon|cognito/.test(text), 'has a word that Cognito keeps to itself'),
  ),
  /** Whether a password is enough. `optional`: people may add an authenticator app, `required`: they must. */
  mfa: z.enum(['optional', 'required']),
  /** Each gets a group for its people and a scope for its back ends; a resource server has at most 100 scopes. */
  tenants: z.array(TenantId).check(z.minLength(1), z.maxLength(100)),
  /** Back ends. At most 50, for the authorizer knows them by a variable, and has 4 kB for all of those. */
  machineClients: z.array(MachineClient).check(z.maxLength(50)),
});

/**
 * Where tokens come from. `oidc`: an OpenID Connect provider that there is already. `cognito`: a user pool of the
 * environment's own, with its sign-in pages, groups and clients; pages at the environment's origins may sign in at it.
 */
export const Identity = z.discriminatedUnion('kind', [Oidc, Cognito]);

export type Identity = z.infer<typeof Identity>;
export type CognitoIdentity = Extract<Identity, { kind: 'cognito' }>;

interface IdentityIssue {
  readonly path: readonly (string | number)[];
  readonly input: string;
  readonly message: string;
}

const repeated = (texts: readonly string[], pathOf: (index: number) => (string | number)[]): IdentityIssue[] =>
  texts.flatMap((text, index) =>
    texts.indexOf(text) < index ? [{ path: pathOf(index), input: text, message: 'is there twice' }] : [],
  );

/** What is wrong with an identity whose fields are right one by one. */
export const identityIssues = (identity: Identity): readonly IdentityIssue[] => {
  if (identity.kind === 'oidc') return [];
  const { tenants, machineClients } = identity;
  return [
    ...repeated(tenants, (index) => ['tenants', index]),
    ...repeated(
      machineClients.map(({ name }) => name),
      (index) => ['machineClients', index, 'name'],
    ),
    ...machineClients.flatMap(({ tenant }, index) =>
      tenants.includes(tenant)
        ? []
        : [{ path: ['machineClients', index, 'tenant'], input: tenant, message: 'is not among the tenants' }],
    ),
  ];
};
