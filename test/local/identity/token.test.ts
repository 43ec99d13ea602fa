import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPerson, people } from '../../../local/identity/people.ts';
import {
  audience,
  codeFor,
  codeVerifier,
  post,
  type Running,
  redeem,
  startIdentity,
  temporaryDirectory,
} from './fixtures.ts';

const resources = new AsyncDisposableStack();
let running: Running;
let now = new Date();

beforeAll(async () => {
  running = resources.use(await startIdentity(resources.use(await temporaryDirectory()).path, { now: () => now }));
});
afterAll(() => resources.disposeAsync());

const verify = (token: string, expectedAudience: string, typ: string) =>
  jwtVerify(token, createRemoteJWKSet(new URL(`${running.issuer}/jwks`)), {
    issuer: running.issuer,
    audience: expectedAudience,
    typ,
    currentDate: now,
  });

const invalidGrant = { status: 400, body: { error: 'invalid_grant', error_description: expect.any(String) } };

describe('an authorization code', () => {
  it('gives an access token (RFC 9068) and an id token, each with an audience and a type of its own', async () => {
    const { status, headers, body } = await redeem(running, await codeFor(running));
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-type')).toBe('application/json');
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'openid documents:read documents:write',
    });
    const issuedAt = Math.floor(now.getTime() / 1000);
    const person = findPerson('patient-north');
    const access = await verify(body.access_token, audience, 'at+jwt');
    expect(access.protectedHeader).toEqual({ alg: 'RS256', typ: 'at+jwt', kid: expect.any(String) });
    expect(access.payload).toEqual({
      iss: running.issuer,
      aud: audience,
      sub: person?.subjectId,
      client_id: 'sealdrop-web',
      iat: issuedAt,
      exp: issuedAt + 3600,
      jti: expect.any(String),
      scope: 'documents:read documents:write',
      roles: ['patient'],
      tenant_id: 'north-clinic',
      name: 'Nora Lindqvist',
    });
    const id = await verify(body.id_token, 'sealdrop-web', 'JWT');
    expect(id.payload).toEqual({
      iss: running.issuer,
      aud: 'sealdrop-web',
      sub: person?.subjectId,
      name: 'Nora Lindqvist',
      nonce: 'a nonce',
      iat: issuedAt,
      exp: issuedAt + 300,
    });
    await expect(verify(body.id_token, audience, 'at+jwt')).rejects.toThrow();
  });

  it('is for the client it was issued to: the page of the API has an address and tokens of its own', async () => {
    const docs = { client_id: 'sealdrop-docs', redirect_uri: `${running.origin}/docs/oauth2-redirect.html` };

    const { status, body } = await redeem(running, await codeFor(running, docs), docs);
    expect(status).toBe(200);
    expect((await verify(body.access_token, audience, 'at+jwt')).payload.client_id).toBe('sealdrop-docs');
    await verify(body.id_token, 'sealdrop-docs', 'JWT');

    expect(await redeem(running, await codeFor(running, docs))).toMatchObject(invalidGrant);
    expect(await redeem(running, await codeFor(running), docs)).toMatchObject(invalidGrant);
    expect(await redeem(running, await codeFor(running, docs), { client_id: 'sealdrop-docs' })).toMatchObject(
      invalidGrant,
    );
  });

  it('gives no id token where openid was not asked for', async () => {
    const { body } = await redeem(running, await codeFor(running, { scope: 'documents:read' }));
    expect(body.scope).toBe('documents:read');
    expect(body).not.toHaveProperty('id_token');
  });

  it('gives the document scopes where none was asked for', async () => {
    const { body } = await redeem(running, await codeFor(running, { scope: '' }));
    expect(body.scope).toBe('documents:read documents:write');
  });

  it('works once', async () => {
    const code = await codeFor(running);
    expect((await redeem(running, code)).status).toBe(200);
    expect(await redeem(running, code)).toMatchObject(invalidGrant);
  });

  it('is used up by a wrong verifier', async () => {
    const code = await codeFor(running);
    expect(await redeem(running, code, { code_verifier: 'x'.repeat(43) })).toMatchObject(invalidGrant);
    expect(await redeem(running, code)).toMatchObject(invalidGrant);
  });

  it('lives for a minute', async () => {
    const inTime = await codeFor(running);
    const late = await codeFor(running);
    now = new Date(now.getTime() + 59_999);
    expect((await redeem(running, inTime)).status).toBe(200);
    now = new Date(now.getTime() + 1);
    expect(await redeem(running, late)).toMatchObject(invalidGrant);
  });

  it('is bound to its redirect_uri', async () => {
    const overrides = { redirect_uri: `${running.origin}/other` };
    expect(await redeem(running, await codeFor(running), overrides)).toMatchObject(invalidGrant);
  });

  it.each([
    ['another client', { client_id: 'other' }, 401, 'invalid_client'],
    ['no client', { client_id: '' }, 401, 'invalid_client'],
    ['no code', { code: '' }, 400, 'invalid_request'],
    ['no verifier', { code_verifier: '' }, 400, 'invalid_request'],
    ['a code nobody issued', { code: 'x' }, 400, 'invalid_grant'],
    ['another verifier', { code_verifier: `${codeVerifier.slice(0, 42)} ` }, 400, 'invalid_grant'],
    ['no grant type', { grant_type: '' }, 400, 'invalid_request'],
    ['another grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ])('with %s is refused', async (_, overrides, status, error) => {
    const answer = await redeem(running, await codeFor(running), overrides);
    expect(answer).toMatchObject({ status, body: { error } });
    expect(answer.body.error_description).toMatch(/^[ !#-[\]-~]+$/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});

describe('the grant by name', () => {
  const grant = { grant_type: 'urn:sealdrop:local:person' };

  it.each(people)('gives $name an access token and no id token', async ({ name, subjectId, tenantId, role }) => {
    const response = await post(`${running.issuer}/token`, { ...grant, person: name });
    const body = await response.json();
    expect(response.status).toBe(200);
    expect(body).not.toHaveProperty('id_token');
    const { payload } = await verify(body.access_token, audience, 'at+jwt');
    expect(payload).toMatchObject({
      sub: subjectId,
      tenant_id: tenantId,
      roles: [role],
      scope: `documents:read documents:write${role === 'admin' ? ' documents:admin' : ''}`,
      client_id: 'sealdrop-command',
    });
  });

  it.each(['nobody', ''])('refuses the name "%s" and says who there is', async (person) => {
    const response = await post(`${running.issuer}/token`, { ...grant, person });
    expect(response.status).toBe(400);
    const body = await response.json();
    expect(body.error).toBe('invalid_grant');
    expect(body.error_description).toContain('clinician-south');
  });

  it('gives less where less is asked for, and nothing where nothing is known', async () => {
    const some = await post(`${running.issuer}/token`, { ...grant, person: 'admin-north', scope: 'documents:read x' });
    expect(await some.json()).toMatchObject({ scope: 'documents:read' });
    const none = await post(`${running.issuer}/token`, { ...grant, person: 'admin-north', scope: 'openid' });
    expect(await none.json()).toMatchObject({ error: 'invalid_scope' });
  });
});

describe('issueToken', () => {
  it('makes tokens that are expired, for another audience, of another scope', async () => {
    const overrides = { expiresInSeconds: -1, audience: 'other', scopes: ['documents:read'] };
    const token = await running.identity.issueToken('patient-south', overrides);
    await expect(verify(token, 'other', 'at+jwt')).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
    await expect(verify(token, audience, 'at+jwt')).rejects.toMatchObject({ claim: 'aud' });
    expect(decodeProtectedHeader(token).typ).toBe('at+jwt');
    const fresh = await verify(await running.identity.issueToken('patient-south'), audience, 'at+jwt');
    expect(fresh.payload).toMatchObject({ scope: 'documents:read documents:write', tenant_id: 'south-clinic' });
  });

  it('throws for somebody who does not exist', async () => {
    await expect(running.identity.issueToken('nobody')).rejects.toThrow('there are patient-north');
  });
});
