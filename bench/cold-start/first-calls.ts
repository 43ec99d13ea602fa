import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { type FunctionName, functions } from '../../contract/functions.ts';
import type { Bundles } from '../../lib/bundles.ts';
import { apiEvent, type Case, cases, scopes } from './cases.ts';
import { caller } from './documents.ts';
import { audience, functionEnvironment } from './environment.ts';
import type { FirstCall } from './first-answer.ts';

const authorizeCase = async (issuer: string, privateKey: CryptoKey): Promise<Case> => {
  const token = await new SignJWT({ scope: scopes, tenant: caller.tenantId, roles: caller.roles })
    .setProtectedHeader({ alg: 'ES256', kid: 'k1', typ: 'at+jwt' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(caller.subjectId)
    .setExpirationTime('1h')
    .sign(privateKey);
  return {
    event: {
      ...apiEvent({ headers: { Authorization: `Bearer ${token}` } }),
      methodArn: 'arn:aws:execute-api:eu-central-1:111122223333:a1b2c3d4e5/v1/GET/v1/documents',
    },
    isGood: (answer) => JSON.stringify(answer).includes('"Effect":"Allow"'),
  };
};

/** The identity provider's key pair: what it publishes, and what it signs with. */
export const issuerKeyPair = async (): Promise<{ published: object; privateKey: CryptoKey }> => {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  return { published: { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }, privateKey };
};

/** The first call of every function of the application. */
export const firstCalls = async (
  bundles: Bundles,
  { origin, privateKey }: { origin: string; privateKey: CryptoKey },
): Promise<{ name: FunctionName; call: FirstCall }[]> => {
  const all: Readonly<Record<FunctionName, Case>> = { ...cases, authorize: await authorizeCase(origin, privateKey) };
  return (Object.keys(functions) as FunctionName[]).map((name) => ({
    name,
    call: {
      ...all[name],
      bundlePath: join(bundles.directory(name), 'index.cjs'),
      environment: { ...functionEnvironment(name, origin), LAMBDA_TASK_ROOT: bundles.directory(name) },
    },
  }));
};
