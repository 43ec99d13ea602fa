import { queryValue } from '../http/query.ts';
import type { S3Request } from '../http/request.ts';
import type { AccountOperation } from '../operations/account-operation.ts';
import type { Operation } from '../operations/operation.ts';
import { checkKey, checkVersionId, versionIdOf } from '../operations/version-id.ts';
import { notImplemented, Refusal } from '../refusal.ts';
import { knownParameters, operations, subresources } from './operations.ts';

/** Method, query and headers decide what a request asks for. */
export function findOperation(request: S3Request): Operation | AccountOperation | Refusal {
  const { method, query } = request;
  const target = targetOf(request);
  // Reading a part of an object is reading the object.
  const isRead = method === 'GET' || method === 'HEAD';
  const named = query
    .map(([name]) => name)
    .filter((name) => subresources.has(name) && !(isRead && name === 'partNumber'));
  // Of a part, its upload tells what is asked for; parameters have no order.
  const subresource = named.find((name) => name === 'uploadId') ?? named[0];
  const candidates = operations.filter(
    (candidate) => candidate.method === method && candidate.target === target && candidate.subresource === subresource,
  );
  const operation =
    candidates.find(({ header }) => header !== undefined && request.headers.has(header)) ??
    candidates.find(({ header }) => header === undefined);
  if (operation !== undefined) return checkRequest(operation, request) ?? operation;
  if (!['GET', 'HEAD', 'PUT', 'POST', 'DELETE'].includes(method)) {
    return new Refusal('MethodNotAllowed', undefined, { Method: method, ResourceType: target.toUpperCase() });
  }
  const parameter = subresource === undefined ? '' : ` with ?${subresource}`;
  return notImplemented(`${method} ${places[target]}${parameter}`);
}

const places = { service: 'without a bucket', bucket: 'on a bucket', object: 'on an object' } as const;

const targetOf = ({ bucketName, key }: S3Request): keyof typeof places =>
  bucketName === undefined ? 'service' : key === undefined ? 'bucket' : 'object';

function checkRequest(operation: Operation | AccountOperation, request: S3Request): Refusal | undefined {
  const header = operation.refusedHeaders?.find((name) => request.headers.has(name));
  if (header !== undefined) return notImplemented(`the header ${header} of ${operation.name}`, { Header: header });
  const parameter = operation.refusedQuery?.find((name) => {
    const value = queryValue(request.query, name) ?? '';
    return value !== '' && value !== 'false';
  });
  if (parameter !== undefined) return notImplemented(`the parameter ${parameter} of ${operation.name}`);
  const hoisted = request.query.find(
    ([name]) => /^x-amz-/i.test(name) && !knownParameters.has(name.toLowerCase()),
  )?.[0];
  if (hoisted !== undefined) return notImplemented(`the parameter ${hoisted} in place of a header`);
  const tooLong = checkKey(request.key ?? '');
  if (tooLong) return tooLong;
  const versionId = versionIdOf(request);
  return versionId === undefined ? undefined : checkVersionId(versionId);
}
