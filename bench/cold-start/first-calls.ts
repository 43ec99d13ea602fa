import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { type FunctionName, functions } from '../../contract/functions.ts';
import type { Role } from '../../contract/roles.ts';
import { objectKey } from '../../lambdas/domain/object-key.ts';
import type { Bundles } from '../../lib/bundles.ts';
import { defaultProfile } from '../../profiles/default.ts';
import { availableDocument, caller, pendingDocument } from './documents.ts';
import type { FirstCall } from './first-answer.ts';
import { cursorKeySecret } from './secret.ts';

type Case = Pick<FirstCall, 'event' | 'isGood'>;

const audience = 'sealdrop';
const scopes = 'documents:read documents:write';

/** What Lambda gives every function, pointed at the stub. */
export const awsEnvironment = (origin: string): Record<string, string> => ({
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'IQoJb3JpZ2luX2VjEXAMPLE',
  AWS_ENDPOINT_URL: origin,
  BUCKET_NAME: 'examplebucket',
  TABLE_NAME: 'documents',
});

export const functionEnvironment = (name: FunctionName, origin: string): Record<string, string> => {
  const all: Record<string, string> = {
    ...awsEnvironment(origin),
    PROFILE: JSON.stringify(defaultProfile),
    ALLOWED_ORIGINS: '["https://app.example.org"]',
    EVENT_BUS_NAME: 'sealdrop',
    SCANNER: 'guardduty',
    IDENTITY: JSON.stringify({ kind: 'oidc', issuer: origin, audience, tenantClaim: 'tenant', rolesClaim: 'roles' }),
    ENCRYPTION: 's3',
    STORAGE_SETTINGS_SECRET_ARN: 'none',
    CURSOR_KEY_SECRET_ARN: cursorKeySecret.arn,
    SIGN_IN: JSON.stringify({ issuer: origin }),
  };
  const names: readonly string[] = [...Object.keys(awsEnvironment(origin)), ...functions[name].environment];
  return Object.fromEntries(names.map((variable) => [variable, all[variable] ?? '']));
};

/** A request as API Gateway gives it to a function (payload format 1.0). */
export const apiEvent = (changes: object, roles: readonly Role[] = caller.roles): object => ({
  httpMethod: 'GET',
  resource: '/v1/documents',
  headers: { 'Content-Type': 'application/json', Origin: 'https://app.example.org' },
  body: null,
  isBase64Encoded: false,
  pathParameters: null,
  queryStringParameters: null,
  requestContext: {
    requestId: 'request-1',
    domainName: 'api.example.org',
    path: '/v1/documents',
    identity: { sourceIp: '203.0.113.7' },
    authorizer: {
      ...caller,
      roles: roles.join(' '),
      scopes,
      expiresAt: String(Math.floor(Date.now() / 1000) + 3600),
    },
  },
  ...changes,
});

const isStatus =
  (status: number) =>
  (answer: unknown): boolean =>
    (answer as { statusCode?: number }).statusCode === status;

const { fileName, mediaType, sizeBytes, sha256 } = pendingDocument;
export const uploadRequest: Case = {
  event: apiEvent({ httpMethod: 'POST', body: JSON.stringify({ fileName, mediaType, sizeBytes, sha256 }) }),
  isGood: isStatus(201),
};
const pathParameters = { documentId: availableDocument.documentId };
const oneDocument: Case = { event: apiEvent({ pathParameters }), isGood: isStatus(200) };

const s3Message = {
  Records: [
    {
      eventName: 'ObjectCreated:Put',
      s3: { object: { key: objectKey(pendingDocument), versionId: availableDocument.versionId } },
    },
  ],
};

const scanResult = {
  source: 'aws.guardduty',
  'detail-type': 'GuardDuty Malware Protection Object Scan Result',
  detail: {
    s3ObjectDetails: {
      bucketName: 'examplebucket',
      objectKey: objectKey(availableDocument),
      versionId: availableDocument.versionId,
    },
    scanResultDetails: { scanResultStatus: 'NO_THREATS_FOUND' },
  },
};

const cases: Readonly<Record<Exclude<FunctionName, 'authorize'>, Case>> = {
  'request-upload': uploadRequest,
  'list-documents': { event: apiEvent({}), isGood: isStatus(200) },
  'list-own-documents': { event: apiEvent({}), isGood: isStatus(200) },
  'list-subject-documents': {
    event: apiEvent({ pathParameters: { subjectType: 'patient', subjectId: caller.subjectId } }),
    isGood: isStatus(200),
  },
  'get-document': oneDocument,
  'update-document': {
    event: apiEvent({
      httpMethod: 'PATCH',
      headers: { 'Content-Type': 'application/json', 'If-Match': '*' },
      pathParameters,
      body: '{"title": "Letter"}',
    }),
    isGood: isStatus(200),
  },
  'head-document': { event: apiEvent({ httpMethod: 'HEAD', pathParameters }), isGood: isStatus(200) },
  'issue-download': oneDocument,
  'get-storage-status': { event: apiEvent({}, ['staff']), isGood: isStatus(200) },
  'get-settings': { event: apiEvent({}), isGood: isStatus(200) },
  'get-health': { event: apiEvent({}), isGood: isStatus(200) },
  'create-link': { event: apiEvent({ httpMethod: 'POST', pathParameters, body: '{}' }), isGood: isStatus(201) },
  // The stub answers the claim with a record: as much of a link as opening it reads.
  'open-link': { event: apiEvent({ pathParameters: { token: 'a'.repeat(43) } }), isGood: isStatus(302) },
  'api-docs': { event: apiEvent({ resource: '/docs' }), isGood: isStatus(200) },
  'get-history': oneDocument,
  'delete-document': oneDocument,
  'restore-document': oneDocument,
  'apply-scan-result': {
    event: { Records: [{ messageId: 'message-1', body: JSON.stringify(scanResult) }] },
    isGood: (answer) => (answer as { batchItemFailures?: unknown[] }).batchItemFailures?.length === 0,
  },
  sweep: { event: { id: 'event-1' }, isGood: (answer) => (answer as { failed?: number }).failed === 0 },
  'record-upload': {
    event: { Records: [{ messageId: 'message-1', body: JSON.stringify(s3Message) }] },
    isGood: (answer) => (answer as { batchItemFailures?: unknown[] }).batchItemFailures?.length === 0,
  },
  'rotate-cursor-key': {
    event: {
      Step: 'createSecret',
      SecretId: cursorKeySecret.arn,
      ClientRequestToken: cursorKeySecret.pendingVersionId,
    },
    isGood: (answer) => answer === null,
  },
};

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
