import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../../local/clock.ts';
import { createIdentity, type Identity } from '../../../local/identity/identity.ts';

export const audience = 'sealdrop-api';

export interface Running extends AsyncDisposable {
  readonly origin: string;
  readonly issuer: string;
  readonly identity: Identity;
}

export const temporaryDirectory = async () => {
  const path = await mkdtemp(join(tmpdir(), 'identity-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
};

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

/** The provider mounted in a plain server, as the local cloud mounts it. */
export const startIdentity = async (dataDirectory: string, clock?: Clock): Promise<Running> => {
  const ready = Promise.withResolvers<Identity>();
  const server = createServer(async (request, response) => (await ready.promise).handle(request, response));
  const origin = `http://127.0.0.1:${await listen(server)}`;
  const issuer = `${origin}/identity`;
  ready.resolve(await createIdentity({ issuer, audience, dataDirectory, ...(clock === undefined ? {} : { clock }) }));
  return {
    origin,
    issuer,
    identity: await ready.promise,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

export const codeVerifier = randomBytes(32).toString('base64url');

export const authorizeParameters = ({ origin }: Running): Record<string, string> => ({
  client_id: 'sealdrop-web',
  redirect_uri: `${origin}/`,
  response_type: 'code',
  scope: 'openid documents:read documents:write',
  state: 'a state & more',
  nonce: 'a nonce',
  code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
  code_challenge_method: 'S256',
});

export const post = (url: string, parameters: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(url, { method: 'POST', body: new URLSearchParams(parameters), redirect: 'manual' });

/** Where a person is sent after choosing a name, or where a refusal is sent. */
export const authorize = async (
  running: Running,
  overrides: Readonly<Record<string, string>> = {},
  person = 'patient-north',
): Promise<{ readonly status: number; readonly location: URL | undefined; readonly text: string }> => {
  const parameters = { ...authorizeParameters(running), ...overrides, person };
  const response = await post(`${running.issuer}/authorize`, parameters);
  const location = response.headers.get('location');
  return {
    status: response.status,
    location: location === null ? undefined : new URL(location),
    text: await response.text(),
  };
};

export const codeFor = async (running: Running, overrides: Readonly<Record<string, string>> = {}): Promise<string> => {
  const { location } = await authorize(running, overrides);
  return location?.searchParams.get('code') ?? '';
};

export const redeem = async (running: Running, code: string, overrides: Readonly<Record<string, string>> = {}) => {
  const response = await post(`${running.issuer}/token`, {
    grant_type: 'authorization_code',
    client_id: 'sealdrop-web',
    redirect_uri: `${running.origin}/`,
    code,
    code_verifier: codeVerifier,
    ...overrides,
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
};
