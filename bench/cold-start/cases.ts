import type { FunctionName } from '../../contract/functions.ts';
import type { Role } from '../../contract/roles.ts';
import { objectKey } from '../../lambdas/domain/object-key.ts';
import { availableDocument, caller, pendingDocument, uploadingDocument } from './documents.ts';
import type { FirstCall } from './first-answer.ts';
import { cursorKeySecret } from './secret.ts';

export type Case = Pick<FirstCall, 'event' | 'isGood'>;

export const scopes = 'documents:read documents:write';

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
const uploadRequestBody = { fileName, mediaType, sizeBytes, sha256 };
const partsBody = JSON.stringify({ parts: [{ partNumber: 1, checksum: Buffer.alloc(32, 1).toString('base64') }] });

export const uploadRequest: Case = {
  event: apiEvent({ httpMethod: 'POST', body: JSON.stringify(uploadRequestBody) }),
  isGood: isStatus(201),
};
const pathParameters = { documentId: availableDocument.documentId };
const uploading = { pathParameters: { documentId: uploadingDocument.documentId } };
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

export const cases: Readonly<Record<Exclude<FunctionName, 'authorize'>, Case>> = {
  'request-upload': uploadRequest,
  'request-uploads': {
    event: apiEvent({ httpMethod: 'POST', body: JSON.stringify({ documents: [uploadRequestBody] }) }),
    isGood: isStatus(200),
  },
  'sign-parts': { event: apiEvent({ httpMethod: 'POST', ...uploading, body: partsBody }), isGood: isStatus(200) },
  'list-parts': { event: apiEvent(uploading), isGood: isStatus(200) },
  'complete-upload': { event: apiEvent({ httpMethod: 'POST', ...uploading, body: '{}' }), isGood: isStatus(200) },
  'abort-upload': { event: apiEvent({ httpMethod: 'DELETE', ...uploading }), isGood: isStatus(200) },
  'request-form': uploadRequest,
  'create-upload-token': { event: apiEvent({ httpMethod: 'POST' }), isGood: isStatus(201) },
  'sign-s3-request': {
    event: apiEvent({ httpMethod: 'POST', ...uploading, body: '{"operation": "CreateMultipartUpload"}' }),
    isGood: isStatus(200),
  },
  companion: {
    event: apiEvent({ resource: '/s3/params', queryStringParameters: { filename: fileName, type: mediaType } }),
    isGood: isStatus(200),
  },
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
