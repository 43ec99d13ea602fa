import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { tenantIdGrammar } from '../../../contract/identity.ts';
import { type Role, roleNames } from '../../../contract/roles.ts';
import type { Clock, TokenClaims, TokenVerifier } from '../../ports.ts';

/** How long an issuer may take to give out its keys. */
export const fetchTimeoutMs = 3000;

const subjectLengthMax = 255;
/** Issuers that set `nbf` to now and are ahead by a blink would be refused otherwise. */
const clockSkewSecondsMax = 5;

/** Access tokens as RFC 9068 types them, or untyped as many issuers send them; never another kind of token. */
const tokenTypes = new Set(['at+jwt', 'application/at+jwt', 'jwt', undefined]);

/** What an issuer's verifier knows of its tokens beyond what all have in common. */
export interface IssuerRules {
  readonly issuer: string;
  /** The `aud` of access tokens; undefined where the issuer gives them none. */
  readonly audience?: string;
  /** Asymmetric only: with a shared secret, whoever verifies could also issue. */
  readonly algorithms: readonly string[];
  /** The keys the issuer publishes, kept while the function lives. */
  readonly keys: () => Promise<JWTVerifyGetKey>;
  /** Tenant, roles and scopes of a token whose signature, issuer and time are good; undefined where it is not for us. */
  readonly rightsOf: (payload: JWTPayload) => Rights | undefined;
}

export type Rights = Pick<TokenClaims, 'roles' | 'scopes'> & { readonly tenantId: unknown };

/** Those that are roles here; a name that is none opens nothing. */
export const rolesOf = (names: readonly unknown[]): readonly Role[] => {
  const named = names.flatMap((name) =>
    typeof name === 'string' && Object.hasOwn(roleNames, name) ? roleNames[name] : [],
  );
  return [...new Set(named as Role[])];
};

/** The scopes of a token, which are one text with blanks between them (RFC 8693 section 4.2). */
export const scopesOf = ({ scope }: JWTPayload): readonly string[] =>
  typeof scope === 'string' ? scope.split(' ').filter((name) => name !== '') : [];

const claimsOf = (payload: JWTPayload, rights: Rights | undefined): TokenClaims | undefined => {
  const { sub, exp } = payload;
  if (rights === undefined || typeof rights.tenantId !== 'string' || !tenantIdGrammar.test(rights.tenantId))
    return undefined;
  if (typeof sub !== 'string' || sub === '' || sub.length > subjectLengthMax || exp === undefined) return undefined;
  return { ...rights, tenantId: rights.tenantId, subjectId: sub, expiresAt: exp };
};

/** A fault of the token, not of the way to the issuer: `jose` gives all of them codes. */
const isTokenFault = (error: unknown): boolean =>
  error instanceof errors.JOSEError &&
  !(error instanceof errors.JWKSTimeout) &&
  !(error instanceof errors.JWKSInvalid) &&
  error.code !== 'ERR_JOSE_GENERIC';

/** Verifies access tokens of one issuer (RFC 7519, RFC 9068) against its published keys. */
export const accessTokenVerifier = (rules: IssuerRules, clock: Clock): TokenVerifier => ({
  verify: async (token) => {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, await rules.keys(), {
        issuer: rules.issuer,
        ...(rules.audience !== undefined && { audience: rules.audience }),
        algorithms: [...rules.algorithms],
        currentDate: clock.now(),
        clockTolerance: clockSkewSecondsMax,
        requiredClaims: ['exp', 'sub'],
      });
      return tokenTypes.has(protectedHeader.typ?.toLowerCase())
        ? claimsOf(payload, rules.rightsOf(payload))
        : undefined;
    } catch (error) {
      if (isTokenFault(error)) return undefined;
      throw error;
    }
  },
});
