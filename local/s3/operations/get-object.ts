import type { Readable } from 'node:stream';
import type { Answer } from '../http/answer.ts';
import { queryValue } from '../http/query.ts';
import { expirationHeaders } from '../lifecycle/expiration-headers.ts';
import { Refusal } from '../refusal.ts';
import { etagOf, type ObjectVersion } from '../store/object-version.ts';
import { encryptionHeaders, versionHeaders } from './object-headers.ts';
import type { Call, Operation } from './operation.ts';
import { checkReadConditions } from './read-conditions.ts';
import { checkIsActive, readableVersion } from './readable-version.ts';
import { type RequestedBytes, requestedBytes } from './requested-bytes.ts';
import { responseOverrides } from './response-overrides.ts';
import { metadataHeaders } from './user-metadata.ts';
import { actionByVersion, versionIdOf } from './version-id.ts';

const shared = {
  target: 'object',
  knowsExistingTags: true,
  refusedHeaders: ['x-amz-server-side-encryption-customer-algorithm'],
  actions: actionByVersion('s3:GetObject', 's3:GetObjectVersion'),
} as const;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export const getObject: Operation = {
  ...shared,
  name: 'GetObject',
  method: 'GET',
  handle: (call) =>
    readObject(call, (version, { first, last }) => {
      // Nothing runs between the look at the version and the hold on its bytes, so a read that began gets them all.
      return checkIsActive(version) ?? call.store.blobs.read(version.blobId, first, last);
    }),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export const headObject: Operation = {
  ...shared,
  name: 'HeadObject',
  method: 'HEAD',
  handle: (call) => readObject(call, () => ''),
};

type ReadBody = (version: ObjectVersion, bytes: RequestedBytes) => Promise<Readable> | Refusal | string;

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
  const bytes = requestedBytes(call, version);
  if (bytes instanceof Refusal) return bytes;
  const body = await readBody(version, bytes);
  if (body instanceof Refusal) return body;
  const { first, last } = bytes;
  const checksumMode = request.headers.get('x-amz-checksum-mode') ?? queryValue(request.query, 'x-amz-checksum-mode');
  return {
    status: bytes.isRange ? 206 : 200,
    headers: {
      ...headers,
      'content-length': String(last - first + 1),
      ...(bytes.isRange && { 'content-range': `bytes ${first}-${last}/${version.sizeBytes}` }),
      ...(bytes.partsCount !== undefined && { 'x-amz-mp-parts-count': String(bytes.partsCount) }),
      ...(checksumMode?.toUpperCase() === 'ENABLED' && bytes.checksumHeaders),
    },
    body,
  };
}

function objectHeaders(call: Call, version: ObjectVersion): Record<string, string> {
  const { attributes, tags } = version;
  const tagCount = Object.keys(tags).length;
  const readsTags = versionIdOf(call.request) === undefined ? 's3:GetObjectTagging' : 's3:GetObjectVersionTagging';
  return {
    ...metadataHeaders(attributes.headers),
    'accept-ranges': 'bytes',
    etag: etagOf(version),
    'last-modified': version.lastModified.toUTCString(),
    ...versionHeaders(call.bucket, version),
    ...(versionIdOf(call.request) === undefined && expirationHeaders(call.bucket, version)),
    ...encryptionHeaders(attributes.encryption),
    ...(attributes.storageClass !== 'STANDARD' && { 'x-amz-storage-class': attributes.storageClass }),
    // "when you have the relevant permission to read object tags" (GetObject, response elements)
    ...(tagCount > 0 && call.mayAlso(readsTags, 'object') && { 'x-amz-tagging-count': String(tagCount) }),
  };
}
