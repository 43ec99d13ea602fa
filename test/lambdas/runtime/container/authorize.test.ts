import { afterEach, expect, it, vi } from 'vitest';
import { container } from '../../../../lambdas/runtime/container/authorize.ts';
import { machineClientId, pageClientId, personToken, startPool } from '../../../support/cognito.ts';

afterEach(() => vi.unstubAllEnvs());

const verifierFor = (identity: object) => {
  vi.stubEnv('IDENTITY', JSON.stringify(identity));
  return container().verifier;
};

it('verifies tokens of the kind of identity that the variable names', async () => {
  await using pool = await startPool();
  const { issuer } = pool;
  const exp = Math.floor(Date.now() / 1000) + 60;
  const token = await pool.sign(personToken(issuer, { exp }));
  const cognito = verifierFor({ kind: 'cognito', issuer, pageClientId, machineClientIds: [machineClientId] });
  expect(await cognito.verify(token)).toMatchObject({ tenantId: 'north-clinic', expiresAt: exp });

  const oidc = verifierFor({
    kind: 'oidc',
    issuer,
    audience: 'sealdrop',
    tenantClaim: 'tenant_id',
    rolesClaim: 'roles',
  });
  await expect(oidc.verify(token)).rejects.toThrow('The identity provider answered 404 to discovery.');
});

it('does not start with an identity that is neither, or is incomplete', () => {
  expect(() => verifierFor({ kind: 'basic' })).toThrow();
  expect(() => verifierFor({ kind: 'cognito', issuer: 'https://cognito.example.com' })).toThrow();
});
