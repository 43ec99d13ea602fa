import { errorPage, signInPage } from './authorize-page.ts';
import type { Codes } from './codes.ts';
import type { Parameters } from './parameters.ts';
import { findPerson } from './people.ts';
import { type Reply, redirectReply } from './reply.ts';
import { grantScopes } from './scopes.ts';

interface AuthorizeDeps {
  readonly issuer: string;
  /** Of each client, the only address that its sign-ins return to. */
  readonly redirectUris: Readonly<Record<string, string>>;
  readonly codes: Codes;
}

interface Refusal {
  readonly error: string;
  readonly error_description: string;
}

const refuse = (error: string, description: string): Refusal => ({ error, error_description: description });

/** What a client asked for and cannot have; RFC 6749 section 4.1.2.1, RFC 7636 section 4.4.1, OpenID Connect Core 3.1.2.6. */
const refusalOf = (parameters: Parameters): Refusal | undefined => {
  const responseType = parameters.get('response_type');
  if (responseType === undefined) return refuse('invalid_request', 'response_type is missing.');
  if (responseType !== 'code') return refuse('unsupported_response_type', 'response_type must be code.');
  if ((parameters.get('response_mode') ?? 'query') !== 'query') {
    return refuse('invalid_request', 'response_mode must be query.');
  }
  if (parameters.has('request')) return refuse('request_not_supported', 'Request objects are not supported.');
  if (parameters.has('request_uri')) return refuse('request_uri_not_supported', 'request_uri is not supported.');
  if (parameters.get('code_challenge_method') !== 'S256') {
    return refuse('invalid_request', 'code_challenge_method must be S256; PKCE is required.');
  }
  if (!/^[\w-]{43}$/.test(parameters.get('code_challenge') ?? '')) {
    return refuse('invalid_request', 'code_challenge must be the SHA-256 of the code verifier in base64url.');
  }
  if (parameters.get('prompt')?.split(' ').includes('none')) {
    return refuse('login_required', 'There are no sessions here; somebody must choose a person.');
  }
  // Who signs in is not known yet: nobody can have more than an administrator.
  return grantScopes(parameters.get('scope'), { role: 'admin' }).length === 0
    ? refuse('invalid_scope', 'None of the scopes is known.')
    : undefined;
};

/**
 * The authorization endpoint: shows who there is, and with the name of a person, which only that page posts, returns
 * to the client with a code. A wrong client or return address is told to the person, never sent to that address (RFC 6749 section 4.1.2.1).
 */
export const authorize = (
  { issuer, redirectUris, codes }: AuthorizeDeps,
  parameters: Parameters,
  name: string | undefined,
): Reply => {
  const clientId = parameters.get('client_id') ?? '';
  const redirectUri = Object.hasOwn(redirectUris, clientId) ? redirectUris[clientId] : undefined;
  if (redirectUri === undefined || parameters.get('redirect_uri') !== redirectUri) {
    return errorPage(`${new URL(issuer).origin}/`, 'This sign-in was started by a page that is not known here.');
  }
  const state = parameters.get('state');
  const refusal = refusalOf(parameters);
  if (refusal !== undefined) return redirectReply(redirectUri, { ...refusal, state, iss: issuer });
  if (name === undefined) return signInPage(new URL(redirectUri).origin, parameters);
  const person = findPerson(name);
  if (person === undefined) return errorPage(redirectUri, 'There is nobody of this name.');
  const code = codes.issue({
    person,
    clientId,
    redirectUri,
    scopes: grantScopes(parameters.get('scope'), person),
    nonce: parameters.get('nonce'),
    codeChallenge: parameters.get('code_challenge') ?? '',
  });
  return redirectReply(redirectUri, { code, state, iss: issuer });
};
