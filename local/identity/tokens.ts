import { randomUUID } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import type { Clock } from '../clock.ts';
import type { Person } from './people.ts';
import { openIdScope } from './scopes.ts';
import { type SigningKey, signingAlgorithm } from './signing-key.ts';

export const accessTokenExpiresInSeconds = 3600;

/** An id token is read once, right after it was issued. */
const idTokenExpiresInSeconds = 300;

/** Who may use the token and for what. */
export interface AccessTokenTerms {
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly audience: string;
  /** Negative for a token that has expired already. */
  readonly expiresInSeconds: number;
}

export interface Tokens {
  /** A JWT access token, RFC 9068. */
  accessToken(person: Person, terms: AccessTokenTerms): Promise<string>;
  /** OpenID Connect Core, section 2. It is for the client, not for the API: another type, another audience, no scope. */
  idToken(person: Person, clientId: string, nonce: string | undefined): Promise<string>;
}

export const createTokens = (issuer: string, key: SigningKey, clock: Clock): Tokens => {
  const sign = (person: Person, type: string, expiresInSeconds: number, claims: JWTPayload): Promise<string> => {
    const issuedAt = Math.floor(clock.now().getTime() / 1000);
    const common = { iss: issuer, sub: person.subjectId, name: person.displayName, iat: issuedAt };
    return new SignJWT({ ...common, exp: issuedAt + expiresInSeconds, ...claims })
      .setProtectedHeader({ alg: signingAlgorithm, typ: type, kid: key.publicJwk.kid })
      .sign(key.privateKey);
  };
  return {
    accessToken: (person, { clientId, scopes, audience, expiresInSeconds }) =>
      sign(person, 'at+jwt', expiresInSeconds, {
        aud: audience,
        client_id: clientId,
        jti: randomUUID(),
        scope: scopes.filter((scope) => scope !== openIdScope).join(' '),
        roles: [person.role],
        tenant_id: person.tenantId,
      }),
    idToken: (person, clientId, nonce) =>
      sign(person, 'JWT', idTokenExpiresInSeconds, { aud: clientId, ...(nonce === undefined ? {} : { nonce }) }),
  };
};
