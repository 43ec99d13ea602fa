import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { objectStateTagKey } from '../../contract/states.ts';
import { documentItem } from '../../lambdas/adapters/dynamodb/items.ts';
import { availableDocument, pdf, pendingDocument, uploadingDocument } from './documents.ts';
import { multipartAnswer } from './multipart-stub.ts';
import { secretsManager } from './secret.ts';

/**
 * Answers at once what DynamoDB, S3, EventBridge, Secrets Manager and an identity provider would answer to the
 * functions' first request, the same whatever is sent. It checks nothing: what is measured is the function, not a table.
 */
export const startAwsStub = async (issuerKeys: object): Promise<AsyncDisposable & { origin: string }> => {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(request, Buffer.concat(chunks).toString(), response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const identityProvider: Readonly<Record<string, unknown>> = {
    '/.well-known/openid-configuration': { issuer: origin, jwks_uri: `${origin}/keys` },
    '/keys': { keys: [issuerKeys] },
  };
  const answer = ({ headers, method, url = '/' }: IncomingMessage, body: string, response: ServerResponse): void => {
    const [service, operation] = headers['x-amz-target']?.toString().split('.') ?? [];
    if (service === 'secretsmanager') sendJson(response, secretsManager(operation));
    else if (operation !== undefined) sendJson(response, dynamoDb(operation, body));
    else if (url in identityProvider) sendJson(response, identityProvider[url]);
    else sendS3(response, method, url);
  };
  return {
    origin,
    [Symbol.asyncDispose]: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
};

const sendJson = (response: ServerResponse, value: unknown): void => {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
};

const sendS3 = (response: ServerResponse, method: string | undefined, url: string): void => {
  const ofUpload = multipartAnswer(method, url.slice(url.indexOf('?') + 1));
  if (ofUpload !== undefined) sendXml(response, ofUpload);
  else if (method === 'GET' && url.includes('?tagging')) sendTags(response);
  else if (method === 'GET' && url.includes('?location')) sendLocation(response);
  else sendObject(response, method);
};

const sendXml = (response: ServerResponse, xml: string): void => {
  response.setHeader('content-type', 'application/xml').end(xml);
};

/** What every function finds that changes the state of an object: another one than it writes. */
const sendTags = (response: ServerResponse): void => {
  const tag = `<Tag><Key>${objectStateTagKey}</Key><Value>incoming</Value></Tag>`;
  sendXml(response, `<Tagging><TagSet>${tag}</TagSet></Tagging>`);
};

const sendLocation = (response: ServerResponse): void => {
  sendXml(response, '<LocationConstraint>eu-central-1</LocationConstraint>');
};

/** HEAD and GET of the object, and PUT of its tags. */
const sendObject = (response: ServerResponse, method: string | undefined): void => {
  response.setHeader('etag', `"${createHash('md5').update(pdf).digest('hex')}"`);
  response.setHeader('x-amz-checksum-sha256', createHash('sha256').update(pdf).digest('base64'));
  if (method === 'PUT') response.setHeader('content-length', 0).end();
  else response.setHeader('content-length', pdf.length).end(method === 'HEAD' ? undefined : pdf);
};

/** What opening a link reads of the claimed link beside what a record has: who made it, and may still share it. */
const linkMaker = { createdBy: availableDocument.ownerId, createdByRoles: ['staff'] };

const dynamoDb = (operation: string, body: string): unknown => {
  const record =
    [pendingDocument, uploadingDocument].find(({ documentId }) => body.includes(documentId)) ?? availableDocument;
  const item = attributesOf(documentItem(record));
  if (operation === 'GetItem') return { Item: item };
  if (operation === 'UpdateItem') return { Attributes: { ...item, ...attributesOf(linkMaker) } };
  if (operation === 'Query') return { Items: [item], Count: 1 };
  if (operation === 'BatchGetItem') {
    const { RequestItems } = JSON.parse(body) as { RequestItems: Record<string, unknown> };
    return { Responses: Object.fromEntries(Object.keys(RequestItems).map((table) => [table, [item]])) };
  }
  return {};
};

/** DynamoDB's JSON, of strings, numbers, nulls, lists and maps: all that a record or link holds. */
const attributesOf = (item: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, attributeOf(value)]));

const attributeOf = (value: unknown): object => {
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.map(attributeOf) };
  if (typeof value === 'object') return { M: attributesOf(value) };
  return typeof value === 'number' ? { N: String(value) } : { S: String(value) };
};
