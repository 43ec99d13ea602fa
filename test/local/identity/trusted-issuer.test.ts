import { expect, it } from 'vitest';
import { trustedIssuer } from '../../../local/identity/trusted-issuer.ts';
import type { Template } from '../../../local/template/template.ts';

const origin = 'http://127.0.0.1:8080';
const oidc = { kind: 'oidc', issuer: `${origin}/identity`, audience: 'sealdrop', tenantClaim: 't', rolesClaim: 'r' };
const cognito = { kind: 'cognito', issuer: 'https://cognito.example.com', pageClientId: 'p', machineClientIds: [] };

const templateWith = (...variables: Record<string, string>[]): Template =>
  ({ all: () => variables.map((Variables) => ({ config: { Environment: { Variables } } })) }) as unknown as Template;

it('finds issuer and audience with whichever function has them', () => {
  const template = templateWith({ TABLE_NAME: 'table' }, { IDENTITY: JSON.stringify(oidc) });
  expect(trustedIssuer(template, origin)).toEqual({ issuer: oidc.issuer, audience: 'sealdrop' });
});

it('does not start a template that trusts somebody else, or nobody', () => {
  const trusts = (identity: object) => () =>
    trustedIssuer(templateWith({ IDENTITY: JSON.stringify(identity) }), origin);
  expect(trusts({ ...oidc, issuer: 'https://login.example.com' })).toThrow(/trusts tokens of https:\/\/login/);
  expect(trusts(cognito)).toThrow(/Cognito, which the local cloud does not run/);
  expect(() => trustedIssuer(templateWith(), origin)).toThrow(/the variable IDENTITY/);
});
