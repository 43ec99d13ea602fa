import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oidcVerifier } from '../../../../lambdas/adapters/identity/oidc-verifier.ts';
import type { TokenVerifier } from '../../../../lambdas/ports.ts';

const now = new Date('2026-11-21T10:00:00Z');
const nowSeconds = now.getTime() / 1000;
const clock = { now: () => now };

let server: Server;
let issuer: string;
let key: CryptoKey;
let otherAlgorithmKey: CryptoKey;
let verifier: TokenVerifier;
let discoveryIssuer: string | undefined;

beforeAll(async () => {
  const pair = await generateKeyPair('ES256', { extractable: true });
  key = pair.privateKey;
  const otherPair = await generateKeyPair('ES384', { extractable: true });
  otherAlgorithmKey = otherPair.privateKey;
  const jwks = {
    keys: [
      { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' },
      { ...(await exportJWK(otherPair.publicKey)), kid: 'k3', alg: 'ES384', use: 'sig' },
    ],
  };
  server = createServer((request, response) => {
    const isDiscovery = request.url === '/.well-known/openid-configuration';
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify(isDiscovery ? { issuer: discoveryIssuer ?? issuer, jwks_uri: `${issuer}/jwks` } : jwks),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  verifier = oidcVerifier(
    { kind: 'oidc', issuer, audience: 'sealdrop-api', tenantClaim: 'tenant_id', rolesClaim: 'roles' },
    clock,
  );
});
afterAll(() => server.close());

const good = (): JWTPayload => ({
  iss: issuer,
  aud: 'sealdrop-api',
  sub: 'owner-1',
  tenant_id: 'north-clinic',
  roles: ['clinician', 'admin', 'staff', 'janitor', 7],
  scope: 'documents:read  documents:write',
  exp: nowSeconds + 60,
  iat: nowSeconds,
});
const sign = (payload: JWTPayload, header: { typ?: string; kid?: string } = {}, signer: CryptoKey = key) =>
  new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'k1', typ: 'at+jwt', ...header }).sign(signer);

describe('an access token', () => {
  it('of the issuer, for this API, in its time is trusted', async () => {
    expect(await verifier.verify(await sign(good()))).toEqual({
      tenantId: 'north-clinic',
      subjectId: 'owner-1',
      roles: ['staff', 'admin'],
      scopes: ['documents:read', 'documents:write'],
      expiresAt: nowSeconds + 60,
    });
  });

  it('of a clock that is a little off is trusted', async () => {
    const token = await sign({ ...good(), nbf: nowSeconds + 5, exp: nowSeconds - 4 });
    expect(await verifier.verify(token)).toMatchObject({ subjectId: 'owner-1' });
  });

  it.each([
    [undefined, []],
    ['patient', ['patient']],
    ['toString', []],
    [['constructor', '__proto__', 'Admin'], []],
    [{ admin: true }, []],
  ])('with the roles %j has those that are roles here', async (roles, held) => {
    expect(await verifier.verify(await sign({ ...good(), roles }))).toMatchObject({ roles: held });
  });

  it('without a scope opens nothing', async () => {
    const { scope: _scope, ...rest } = good();
    expect(await verifier.verify(await sign(rest))).toMatchObject({ scopes: [] });
  });

  it.each<[string, Record<string, unknown>]>([
    ['another issuer', { iss: 'https://login.example.net' }],
    ['another audience', { aud: 'another-api' }],
    ['the past', { exp: nowSeconds - 6 }],
    ['the future', { nbf: nowSeconds + 6 }],
    ['no end', { exp: undefined }],
    ['nobody', { sub: undefined }],
    ['an endless subject', { sub: 'x'.repeat(256) }],
    ['no tenant', { tenant_id: undefined }],
    ['two tenants', { tenant_id: ['north-clinic', 'south-clinic'] }],
    ['a tenant that climbs', { tenant_id: '../south' }],
    ['a tenant that splits keys', { tenant_id: 'north#clinic' }],
    ['another use', { token_use: 'id' }],
  ])('of %s is not', async (_what, change) => {
    expect(await verifier.verify(await sign({ ...good(), ...change } as JWTPayload))).toBeUndefined();
  });

  it('that is another kind of token is not', async () => {
    expect(await verifier.verify(await sign(good(), { typ: 'logout+jwt' }))).toBeUndefined();
  });

  it('of another key, of an unknown key, unsigned or changed is not', async () => {
    const stranger = await generateKeyPair('ES256');
    expect(await verifier.verify(await sign(good(), {}, stranger.privateKey))).toBeUndefined();
    expect(await verifier.verify(await sign(good(), { kid: 'k2' }))).toBeUndefined();
    expect(await verifier.verify(new UnsecuredJWT(good()).encode())).toBeUndefined();
    expect(await verifier.verify('aaa.bbb.ccc')).toBeUndefined();
    const [header, , signature] = (await sign(good())).split('.');
    const forged = Buffer.from(JSON.stringify({ ...good(), tenant_id: 'south-clinic' })).toString('base64url');
    expect(await verifier.verify(`${header}.${forged}.${signature}`)).toBeUndefined();
  });

  it('signed with the public key as a shared secret is not', async () => {
    const secret = new TextEncoder().encode('x'.repeat(32));
    const token = await new SignJWT(good()).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(secret);
    expect(await verifier.verify(token)).toBeUndefined();
  });

  it('of an algorithm that is not accepted is not, though the issuer has a key for it', async () => {
    const token = await new SignJWT(good()).setProtectedHeader({ alg: 'ES384', kid: 'k3' }).sign(otherAlgorithmKey);
    expect(await verifier.verify(token)).toBeUndefined();
  });

  it('cannot be judged while the issuer is away or is not who it says, and can after', async () => {
    const token = await sign(good());
    const fresh = oidcVerifier(
      { kind: 'oidc', issuer, audience: 'sealdrop-api', tenantClaim: 'tenant_id', rolesClaim: 'roles' },
      clock,
    );
    discoveryIssuer = 'https://login.example.net';
    await expect(fresh.verify(token)).rejects.toThrow(/not of the configured issuer/);
    discoveryIssuer = undefined;
    expect(await fresh.verify(token)).toMatchObject({ subjectId: 'owner-1' });

    const away = oidcVerifier(
      { kind: 'oidc', issuer: 'http://127.0.0.1:1', audience: 'a', tenantClaim: 'tenant_id', rolesClaim: 'roles' },
      clock,
    );
    await expect(away.verify(token)).rejects.toThrow();
  });
});
