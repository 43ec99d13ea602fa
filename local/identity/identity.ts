import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Clock, systemClock } from '../clock.ts';
import { createCodes } from './codes.ts';
import { commandClientId, redirectUrisAt } from './names.ts';
import { findPerson, personNames } from './people.ts';
import type { Reply } from './reply.ts';
import { createRouter } from './router.ts';
import { grantScopes } from './scopes.ts';
import { loadSigningKey } from './signing-key.ts';
import { type AccessTokenTerms, accessTokenExpiresInSeconds, createTokens } from './tokens.ts';

export interface IdentitySettings {
  /** The issuer identifier, an http URL with a path and no slash at its end: `http://127.0.0.1:8080/identity`. */
  readonly issuer: string;
  /** The `aud` of access tokens. Not a client's id: an id token must never pass for an access token. */
  readonly audience: string;
  /** Where the signing key is kept, in `identity/signing-key.json`. */
  readonly dataDirectory: string;
  readonly clock?: Clock;
}

export interface Identity {
  /** Serves every path below the issuer's. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** An access token without any ceremony, for tests. Throws for a person who does not exist. */
  issueToken(person: string, overrides?: Partial<AccessTokenTerms>): Promise<string>;
}

const commonHeaders = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

const send = (request: IncomingMessage, response: ServerResponse, { status, headers, body }: Reply): void => {
  // What is left of a body that was not read to its end must not be taken for the next request.
  const close = request.method === 'POST' && !request.complete ? { connection: 'close' } : {};
  response.writeHead(status, { ...commonHeaders, ...headers, ...close });
  response.end(body);
};

/**
 * The identity provider of the local cloud: OpenID Connect with authorization code and PKCE for the page, and a grant
 * by name for the command line. It trusts whoever reaches it, so its server must listen on the loopback interface only.
 */
export const createIdentity = async ({
  issuer,
  audience,
  dataDirectory,
  clock = systemClock,
}: IdentitySettings): Promise<Identity> => {
  const redirectUris = redirectUrisAt(new URL(issuer).origin);
  if (Object.hasOwn(redirectUris, audience)) {
    throw new TypeError(`The audience of access tokens must not be ${audience}, the audience of id tokens.`);
  }
  const key = await loadSigningKey(dataDirectory);
  const tokens = createTokens(issuer, key, clock);
  const route = createRouter({ issuer, audience, redirectUris, key, tokens, codes: createCodes(clock) });
  return {
    handle: async (request, response) => {
      try {
        send(request, response, await route(request));
      } catch (error) {
        // The connection broke while the request was read: nobody is left to answer.
        if (!request.destroyed || request.complete) throw error;
      }
    },
    issueToken: async (name, overrides) => {
      const person = findPerson(name);
      if (person === undefined) throw new TypeError(`There is no ${name}; there are ${personNames}.`);
      return tokens.accessToken(person, {
        clientId: commandClientId,
        scopes: grantScopes(undefined, person),
        audience,
        expiresInSeconds: accessTokenExpiresInSeconds,
        ...overrides,
      });
    },
  };
};
