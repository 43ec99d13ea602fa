import type { Readable } from 'node:stream';
import type { Answer } from '../http/answer.ts';
import { queryValue } from '../http/query.ts';
import { Refusal } from '../refusal.ts';
import { etagOf, type ObjectVersion } from '../store/object-version.ts';
import { parseRange } from './byte-range.ts';
import { checksumHeaders, encryptionHeaders, versionHeaders } from './object-headers.ts';
import type { Call, Operation } from './operation.ts';
import { checkReadConditions } from './read-conditions.ts';
import { readableVersion } from './readable-version.ts';
import { responseOverrides } from './response-overrides.ts';
import { actionByVersion, missing, versionIdOf } from './version-id.ts';

const shared = {
  target: 'object',
  knowsExistingTags: true,
  refusedHeaders: ['x-amz-expected-bucket-owner', 'x-amz-server-side-encryption-customer-algorithm'],
  actions: actionByVersion('s3:GetObject', 's3:GetObjectVersion'),
} as const;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export const getObject: Operation = {
  ...shared,
  name: 'GetObject',
  method: 'GET',
  handle: (call) => readObject(call, ({ blobId }, first, last) => call.store.blobs.read(blobId, first, last)),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export const headObject: Operation = {
  ...shared,
  name: 'HeadObject',
  method: 'HEAD',
  handle: (call) => readObject(call, async () => ''),
};

type ReadBody = (version: ObjectVersion, first: number, last: number) => Promise<Readable | string | undefined>;

async function readObject(call: Call, readBody: ReadBody): Promise<Answer | Refusal> {
  const { request } = call;
  const version = readableVersion(call);
  if (version instanceof Refusal) return version;
  const overrides = responseOverrides(request);
  if (overrides instanceof Refusal) return overrides;
  const condition = checkReadConditions(request.headers, version);
  if (condition instanceof Refusal) return condition;
  const headers = { ...objectHeaders(call, version), ...overrides };
  if (condition === 'not-modified') return { status: 304, headers };
  const range = parseRange(request.headers.get('range'), version.sizeBytes);
  if (range instanceof Refusal) return range;
  const { first, last } = range ?? { first: 0, last: version.sizeBytes - 1 };
  const body = version.sizeBytes === 0 ? '' : await readBody(version, first, last);
  // Deleted between the two looks: the answer is the one that a moment later would have given.
  if (body === undefined) return missing(call);
  const length = { 'content-length': String(last - first + 1) };
  if (range) {
    const contentRange = { 'content-range': `bytes ${first}-${last}/${version.sizeBytes}` };
    return { status: 206, headers: { ...headers, ...length, ...contentRange }, body };
  }
  const checksumMode = request.headers.get('x-amz-checksum-mode') ?? queryValue(request.query, 'x-amz-checksum-mode');
  const checksum = checksumMode?.toUpperCase() === 'ENABLED' ? checksumHeaders(version.attributes) : {};
  return { status: 200, headers: { ...headers, ...length, ...checksum }, body };
}

function objectHeaders(call: Call, version: ObjectVersion): Record<string, string> {
  const { attributes, tags } = version;
  const tagCount = Object.keys(tags).length;
  const readsTags = versionIdOf(call.request) === undefined ? 's3:GetObjectTagging' : 's3:GetObjectVersionTagging';
  return {
    ...attributes.headers,
    'accept-ranges': 'bytes',
    etag: etagOf(version),
    'last-modified': version.lastModified.toUTCString(),
    ...versionHeaders(call.bucket, version),
    ...encryptionHeaders(attributes.encryption),
    ...(attributes.storageClass !== 'STANDARD' && { 'x-amz-storage-class': attributes.storageClass }),
    // "when you have the relevant permission to read object tags" (GetObject, response elements)
    ...(tagCount > 0 && call.mayAlso(readsTags, 'object') && { 'x-amz-tagging-count': String(tagCount) }),
  };
}
