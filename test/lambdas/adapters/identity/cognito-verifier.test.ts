import type { JWTPayload } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  authorizerOf,
  machineClientId,
  machineToken,
  nowSeconds,
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
afterEach(() => void vi.useRealTimers());

const person = (changes: object = {}) => personToken(pool.issuer, changes);
const machine = (changes: object = {}) => machineToken(pool.issuer, changes);
const contextOf = async (payload: JWTPayload) => (await call(await pool.sign(payload))).context;

describe('an access token of the user pool', () => {
  it('of a person has the tenant and the roles of the groups', async () => {
    expect(await contextOf(person())).toEqual({
      tenantId: 'north-clinic',
      subjectId: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
      roles: 'staff',
      scopes: 'documents:read documents:write',
      expiresAt: String(nowSeconds + 3600),
    });
  });

  it('of a back end has the tenant of its scope, and is a service', async () => {
    expect(await contextOf(machine())).toMatchObject({
      tenantId: 'north-clinic',
      subjectId: machineClientId,
      roles: 'service',
      scopes: 'documents:write',
    });
  });

  it.each([
    [['tenant:north-clinic'], ''],
    [['tenant:north-clinic', 'role:service', 'role:janitor', 'admin', 'role:constructor'], ''],
    [['tenant:north-clinic', 'role:patient', 'role:admin', 'eu-central-1_Example_Google'], 'patient admin'],
  ])('with the groups %j has the roles "%s"', async (groups, roles) => {
    expect(await contextOf(person({ 'cognito:groups': groups }))).toMatchObject({ roles });
  });

  it('with scopes of other APIs only opens nothing', async () => {
    const scope = 'openid documents:read notsealdrop/documents:read aws.cognito.signin.user.admin';
    const { policyDocument } = await call(await pool.sign(person({ scope })));
    expect(policyDocument.Statement).toMatchObject([{ Effect: 'Deny' }]);
  });
});

describe('the keys of the pool', () => {
  it("are kept, and asked for again where a token names another one, but not at every forger's wish", async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await using ownPool = await startPool();
    const ownCall = authorizerOf(ownPool.issuer);
    const good = () => ownPool.sign(personToken(ownPool.issuer));
    const unknown = () => ownPool.sign(personToken(ownPool.issuer), { kid: 'unknown' });
    await ownCall(await good());
    await ownCall(await good());
    expect(ownPool.timesAsked()).toBe(1);

    for (let forged = 0; forged < 20; forged += 1)
      await expect(ownCall(await unknown())).rejects.toThrow('Unauthorized');
    expect(ownPool.timesAsked()).toBe(1);

    await ownPool.addKey('k2');
    vi.setSystemTime(Date.now() + 31_000);
    expect((await ownCall(await good())).context).toMatchObject({ tenantId: 'north-clinic' });
    expect(ownPool.timesAsked()).toBe(2);
    for (let forged = 0; forged < 20; forged += 1)
      await expect(ownCall(await unknown())).rejects.toThrow('Unauthorized');
    expect(ownPool.timesAsked()).toBe(2);
  });

  it('that cannot be asked for make no token a bad one', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const away = authorizerOf('http://127.0.0.1:1/eu-central-1_Example');
    const token = await pool.sign(personToken('http://127.0.0.1:1/eu-central-1_Example'));
    await expect(away(token)).rejects.toThrow('The access token could not be checked.');
  });
});
