import * as oauth from 'oauth4webapi';
import { describe, expect, it } from 'vitest';
import { audience, startIdentity, temporaryDirectory } from './fixtures.ts';

const insecure = { [oauth.allowInsecureRequests]: true };

/** What a browser does with the page: reads its form and presses a button of it. */
const pressButton = async (pageUrl: URL, person: string): Promise<URL> => {
  const html = await (await fetch(pageUrl)).text();
  const action = /<form method="post" action="([^"]*)">/.exec(html)?.[1] ?? '';
  const inputs = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  const form = new URLSearchParams(inputs.map(([, name = '', value = '']) => [name, value]));
  form.set('person', person);
  const response = await fetch(new URL(action, pageUrl), { method: 'POST', body: form, redirect: 'manual' });
  return new URL(response.headers.get('location') ?? '');
};

describe('oauth4webapi, a client that others wrote', () => {
  it('discovers, signs in, redeems, and trusts both tokens', async () => {
    await using directory = await temporaryDirectory();
    await using running = await startIdentity(directory.path);
    const issuer = new URL(running.issuer);
    const discovery = await oauth.discoveryRequest(issuer, insecure);
    const server = await oauth.processDiscoveryResponse(issuer, discovery);
    const client: oauth.Client = { client_id: 'sealdrop-web' };
    const verifier = oauth.generateRandomCodeVerifier();
    const state = oauth.generateRandomState();
    const nonce = oauth.generateRandomNonce();
    const redirectUri = `${running.origin}/`;

    const authorization = new URL(server.authorization_endpoint ?? '');
    authorization.search = new URLSearchParams({
      client_id: client.client_id,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid documents:read documents:write',
      state,
      nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).toString();
    const returned = await pressButton(authorization, 'clinician-south');
    const parameters = oauth.validateAuthResponse(server, client, returned, state);

    const answer = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      parameters,
      redirectUri,
      verifier,
      insecure,
    );
    const result = await oauth.processAuthorizationCodeResponse(server, client, answer, {
      expectedNonce: nonce,
      requireIdToken: true,
    });
    await oauth.validateApplicationLevelSignature(server, answer, insecure);
    expect(oauth.getValidatedIdTokenClaims(result)).toMatchObject({ name: 'Dr Inès Moreau', aud: 'sealdrop-web' });

    const request = new Request(running.origin, { headers: { authorization: `Bearer ${result.access_token}` } });
    const claims = await oauth.validateJwtAccessToken(server, request, audience, insecure);
    expect(claims).toMatchObject({ tenant_id: 'south-clinic', scope: 'documents:read documents:write' });
  });

  it('hears of a refusal', async () => {
    await using directory = await temporaryDirectory();
    await using running = await startIdentity(directory.path);
    const issuer = new URL(running.issuer);
    const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
    const client: oauth.Client = { client_id: 'sealdrop-web' };
    const page = new URL(server.authorization_endpoint ?? '');
    const redirectUri = `${running.origin}/`;
    page.search = new URLSearchParams({
      client_id: client.client_id,
      redirect_uri: redirectUri,
      response_type: 'code',
      state: 's',
    }).toString();
    const refusal = await fetch(page, { redirect: 'manual' });
    const returned = new URL(refusal.headers.get('location') ?? '');
    expect(() => oauth.validateAuthResponse(server, client, returned, 's')).toThrow(oauth.AuthorizationResponseError);
  });
});
