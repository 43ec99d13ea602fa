import { hash } from 'node:crypto';
import type { Codes } from './codes.ts';
import { commandClientId, personGrantType } from './names.ts';
import type { Parameters } from './parameters.ts';
import { findPerson, type Person, personNames } from './people.ts';
import { jsonReply, oauthError, type Reply } from './reply.ts';
import { grantScopes, openIdScope } from './scopes.ts';
import { accessTokenExpiresInSeconds, type Tokens } from './tokens.ts';

export interface TokenDeps {
  readonly audience: string;
  /** By the ids of the clients that people use. */
  readonly redirectUris: Readonly<Record<string, string>>;
  readonly codes: Codes;
  readonly tokens: Tokens;
}

/** RFC 6749 section 5.1. */
const success = async (
  { audience, tokens }: TokenDeps,
  person: Person,
  clientId: string,
  scopes: readonly string[],
): Promise<Readonly<Record<string, unknown>>> => ({
  access_token: await tokens.accessToken(person, {
    clientId,
    scopes,
    audience,
    expiresInSeconds: accessTokenExpiresInSeconds,
  }),
  token_type: 'Bearer',
  expires_in: accessTokenExpiresInSeconds,
  scope: scopes.join(' '),
});

/** RFC 7636 section 4.1: 43 to 128 unreserved characters. */
const verifierGrammar = /^[\w.~-]{43,128}$/;

const redeemCode = async (deps: TokenDeps, parameters: Parameters): Promise<Reply> => {
  const clientId = parameters.get('client_id') ?? '';
  if (!Object.hasOwn(deps.redirectUris, clientId)) {
    const known = Object.keys(deps.redirectUris).join(' or ');
    return oauthError('invalid_client', `client_id must be ${known}.`, 401);
  }
  const code = parameters.get('code');
  const verifier = parameters.get('code_verifier');
  if (code === undefined) return oauthError('invalid_request', 'code is missing.');
  if (verifier === undefined) return oauthError('invalid_request', 'code_verifier is missing; PKCE is required.');
  const agreement = deps.codes.redeem(code);
  if (agreement === undefined) {
    return oauthError('invalid_grant', 'The code is unknown, was used before or has expired. Sign in again.');
  }
  if (clientId !== agreement.clientId) return oauthError('invalid_grant', 'The code was issued to another client.');
  if (parameters.get('redirect_uri') !== agreement.redirectUri) {
    return oauthError('invalid_grant', 'redirect_uri is not the one that the code was sent to.');
  }
  if (!verifierGrammar.test(verifier) || hash('sha256', verifier, 'base64url') !== agreement.codeChallenge) {
    return oauthError('invalid_grant', 'code_verifier does not fit the code_challenge.');
  }
  const { person, scopes, nonce } = agreement;
  const answer = await success(deps, person, clientId, scopes);
  if (!scopes.includes(openIdScope)) return jsonReply(200, answer);
  return jsonReply(200, { ...answer, id_token: await deps.tokens.idToken(person, clientId, nonce) });
};

const issueForPerson = async (deps: TokenDeps, parameters: Parameters): Promise<Reply> => {
  const person = findPerson(parameters.get('person'));
  if (person === undefined) return oauthError('invalid_grant', `person must be one of ${personNames}.`);
  const scopes = grantScopes(parameters.get('scope'), person).filter((scope) => scope !== openIdScope);
  if (scopes.length === 0) return oauthError('invalid_scope', 'None of the scopes is known.');
  return jsonReply(200, await success(deps, person, commandClientId, scopes));
};

const grants = new Map([
  ['authorization_code', redeemCode],
  [personGrantType, issueForPerson],
]);

export const grantTypes: readonly string[] = [...grants.keys()];

/** The token endpoint, RFC 6749 section 3.2. */
export const issueTokens = async (deps: TokenDeps, parameters: Parameters): Promise<Reply> => {
  const grantType = parameters.get('grant_type');
  if (grantType === undefined) return oauthError('invalid_request', 'grant_type is missing.');
  const grant = grants.get(grantType);
  if (grant === undefined) return oauthError('unsupported_grant_type', `Use one of ${grantTypes.join(', ')}.`);
  return grant(deps, parameters);
};
