import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  authorizerOf,
  machineClientId,
  machineToken,
  nowSeconds,
  pageClientId,
  personToken,
  startPool,
} from '../../../support/cognito.ts';

let pool: Awaited<ReturnType<typeof startPool>>;
let call: ReturnType<typeof authorizerOf>;

beforeAll(async () => {
  pool = await startPool();
  call = authorizerOf(pool.issuer);
});
afterAll(() => pool[Symbol.asyncDispose]());

const person = (changes: object = {}) => personToken(pool.issuer, changes);
const machine = (changes: object = {}) => machineToken(pool.issuer, changes);

describe('a token that is refused', () => {
  const ofPerson: [string, object][] = [
    ['an id token', { token_use: 'id', aud: pageClientId, client_id: undefined }],
    ['an id token that names our client too', { token_use: 'id' }],
    ['a refresh token', { token_use: 'refresh' }],
    ['a token without use', { token_use: undefined }],
    ['a token of another client of the pool', { client_id: '3c4d5e6f7g8h9i0jEXAMPLE' }],
    ['a token of no client', { client_id: undefined }],
    ['a token of two clients', { client_id: [pageClientId, machineClientId] }],
    ['a token of another pool', { iss: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Other' }],
    ['a token that is bound to another API', { aud: 'https://other.example.com' }],
    ['a person of two tenants', { 'cognito:groups': ['tenant:north-clinic', 'tenant:south-clinic'] }],
    ['a person twice in one tenant', { 'cognito:groups': ['tenant:north-clinic', 'tenant:north-clinic'] }],
    ['a person of no tenant', { 'cognito:groups': ['role:admin'] }],
    ['a person without groups', { 'cognito:groups': undefined }],
    ['a person whose groups are text', { 'cognito:groups': 'tenant:north-clinic' }],
    [
      'a tenant by an attribute only',
      { 'cognito:groups': ['role:admin'], 'custom:tenant': 'north-clinic', tenant_id: 'north-clinic' },
    ],
    ['a tenant that is none', { 'cognito:groups': ['tenant:North#Clinic'] }],
    ['a tenant without a name', { 'cognito:groups': ['tenant:'] }],
    ['a person with a scope of back ends', { scope: 'sealdrop/documents:read tenants/south-clinic' }],
    ['the past', { exp: nowSeconds - 6 }],
    ['no end', { exp: undefined }],
    ['nobody', { sub: undefined }],
  ];
  it.each(ofPerson)('is %s', async (_what, changes) => {
    await expect(pool.sign(person(changes)).then(call)).rejects.toThrow(/^Unauthorized$/);
  });

  it.each<[string, object]>([
    ['has groups', { 'cognito:groups': ['tenant:south-clinic', 'role:admin'] }],
    ['has no groups, but says so', { 'cognito:groups': [] }],
    ['has no tenant', { scope: 'sealdrop/documents:write' }],
    ['has two tenants', { scope: 'sealdrop/documents:write tenants/north-clinic tenants/south-clinic' }],
    ['has no scope', { scope: undefined }],
    ['is somebody', { sub: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee' }],
    ['is a client that was not made here', { sub: 'other', client_id: 'other' }],
    ['is the page', { sub: pageClientId, client_id: pageClientId }],
  ])('is of a back end that %s', async (_what, changes) => {
    await expect(pool.sign(machine(changes)).then(call)).rejects.toThrow(/^Unauthorized$/);
  });

  it('is unsigned, signed with a shared secret, by a stranger, of another kind, or changed', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const secret = new TextEncoder().encode('x'.repeat(32));
    const [header, , signature] = (await pool.sign(person())).split('.');
    const changed = Buffer.from(JSON.stringify(person({ sub: 'other' }))).toString('base64url');
    const tokens = [
      new UnsecuredJWT(person()).encode(),
      await new SignJWT(person()).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(secret),
      await pool.sign(person(), { privateKey, kid: 'k1' }),
      await pool.sign(person(), { typ: 'logout+jwt' }),
      `${header}.${changed}.${signature}`,
    ];
    for (const token of tokens) await expect(call(token)).rejects.toThrow(/^Unauthorized$/);
  });
});
