import * as oauth from 'oauth4webapi';
import type { Configuration } from '../configuration.ts';
import type { Session } from './session.ts';

/** What must survive the way to the provider and back (RFC 7636, RFC 6749 section 10.12, OpenID Connect nonce). */
interface Pending {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

const pendingKey = 'sealdrop.sign-in';

/** Where the provider sends the person back: this page. */
const redirectUri = (): string => new URL('.', location.href).href;

/** Plain HTTP is for a provider on this very machine, as the local cloud's. */
const transportOptions = (issuer: URL): { [oauth.allowInsecureRequests]: boolean } => ({
  [oauth.allowInsecureRequests]: ['localhost', '127.0.0.1', '[::1]'].includes(issuer.hostname),
});

async function discover(issuer: URL): Promise<oauth.AuthorizationServer> {
  return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, transportOptions(issuer)));
}

/** Leaves the page for the provider's: authorization code with PKCE. */
export async function beginSignIn({ issuer, clientId, scope }: Configuration): Promise<void> {
  const server = await discover(new URL(issuer));
  if (server.authorization_endpoint === undefined) throw new Error('The provider has no authorization endpoint.');
  const pending: Pending = {
    verifier: oauth.generateRandomCodeVerifier(),
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
  };
  sessionStorage.setItem(pendingKey, JSON.stringify(pending));
  const target = new URL(server.authorization_endpoint);
  for (const [name, value] of Object.entries({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri(),
    // Without openid it would be no sign-in: the rest is for the API.
    scope: [...new Set(['openid', ...scope.split(' ')])].join(' '),
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
    // Devices are shared in clinics: whoever signs out must not be signed in again without being asked.
    prompt: 'login',
  })) {
    target.searchParams.set(name, value);
  }
  location.assign(target);
}

export const isReturnFromProvider = (url: URL): boolean =>
  url.searchParams.has('state') && (url.searchParams.has('code') || url.searchParams.has('error'));

/** Exchanges the code of the provider's answer; takes it out of the address bar and the history, whatever comes of it. */
export async function finishSignIn({ issuer, clientId }: Configuration): Promise<Session> {
  const url = new URL(location.href);
  history.replaceState(null, '', redirectUri());
  const stored = sessionStorage.getItem(pendingKey);
  sessionStorage.removeItem(pendingKey);
  if (stored === null) throw new Error('No sign-in was under way in this tab.');
  const { verifier, state, nonce }: Pending = JSON.parse(stored);

  const issuerUrl = new URL(issuer);
  const server = await discover(issuerUrl);
  const client: oauth.Client = { client_id: clientId };
  const parameters = oauth.validateAuthResponse(server, client, url, state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    parameters,
    redirectUri(),
    verifier,
    transportOptions(issuerUrl),
  );
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
    expectedNonce: nonce,
    requireIdToken: true,
  });
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  return {
    accessToken: tokens.access_token,
    expiresAt: Date.now() + (tokens.expires_in ?? 300) * 1000,
    subjectId: claims?.sub ?? '',
    name: typeof claims?.name === 'string' ? claims.name : '',
  };
}
