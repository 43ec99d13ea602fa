/** The OAuth client that people use: the page. It is public, so it has no secret; PKCE stands in for it. */
export const webClientId = 'sealdrop-web';

/** The page that describes the API, which signs in by itself. Public as well. */
export const docsClientId = 'sealdrop-docs';

/** Where each client that people use is returned to, below the origin: one address, letter by letter (RFC 9700 section 2.1). */
export const redirectUrisAt = (origin: string): Readonly<Record<string, string>> => ({
  [webClientId]: `${origin}/`,
  [docsClientId]: `${origin}/docs/oauth2-redirect.html`,
});

/** The client that tokens for the command line are issued to. */
export const commandClientId = 'sealdrop-command';

/** An extension grant (RFC 6749 section 4.5) of the local provider only: a token for the person of `person=NAME`. */
export const personGrantType = 'urn:sealdrop:local:person';

/** Endpoints below the issuer's path. */
export const endpoints = {
  discovery: '/.well-known/openid-configuration',
  keys: '/jwks',
  authorize: '/authorize',
  token: '/token',
} as const;
