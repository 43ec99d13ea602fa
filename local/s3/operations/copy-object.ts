import { checksumElement, checksumTypeOf } from '../body/checksum.ts';
import { type Answer, xmlAnswer } from '../http/answer.ts';
import type { S3Request } from '../http/request.ts';
import { expirationHeaders } from '../lifecycle/expiration-headers.ts';
import { invalidArgument, Refusal } from '../refusal.ts';
import { etagOf, type ObjectContent, type ObjectVersion } from '../store/object-version.ts';
import { parseTaggingHeader } from '../tagging.ts';
import { element, xmlDocument } from '../xml.ts';
import { addObject } from './add-object.ts';
import { copiedContent } from './copied-content.ts';
import { type CopySource, copySourceHeaders, findCopySource, parseCopySource } from './copy-source.ts';
import { encryptionHeaders, versionHeaders } from './object-headers.ts';
import { getObjectTagging, putObjectTagging } from './object-tagging.ts';
import type { Call, Operation } from './operation.ts';
import { putObject, sizeBytesMax } from './put-object.ts';
import { versionIdOf } from './version-id.ts';
import { refuseUnknownWriteConditions } from './write-conditions.ts';

const directives = ['metadata', 'tagging'] as const;
const isReplaced = ({ headers }: S3Request, what: (typeof directives)[number]): boolean =>
  headers.get(`x-amz-${what}-directive`) === 'REPLACE';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html. The copy shares the bytes of its source. */
export const copyObject: Operation = {
  ...putObject,
  name: 'CopyObject',
  header: 'x-amz-copy-source',
  refusedHeaders: [...(putObject.refusedHeaders ?? []), 'x-amz-copy-source-server-side-encryption-customer-algorithm'],
  readRequestTags: async ({ request }) =>
    isReplaced(request, 'tagging') ? parseTaggingHeader(request.headers.get('x-amz-tagging')) : {},
  async handle(call) {
    const { request } = call;
    const invalid = checkRequest(request);
    if (invalid) return invalid;
    const name = parseCopySource(request);
    if (name instanceof Refusal) return name;
    const source = findCopySource(call, name);
    if (source instanceof Refusal) return source;
    const refusal = checkSource(call, name, source);
    if (refusal) return refusal;
    const held = call.store.blobs.hold(source.blobId);
    try {
      return await copy(call, name, source);
    } finally {
      await held.letGo();
    }
  },
};

async function copy(call: Call, name: CopySource, source: ObjectVersion): Promise<Answer | Refusal> {
  const content = await copiedContent(call, source, isReplaced(call.request, 'metadata'));
  if (content instanceof Refusal) return content;
  const tags = isReplaced(call.request, 'tagging') ? (call.requestTags ?? {}) : source.tags;
  const added = await addObject(call, { ...content, tags }, 'ObjectCreated:Copy');
  if (added instanceof Refusal) return added;
  const { status, headers, body = '' } = copyResult({ ...content, tags }, added.lastModified);
  return {
    status,
    headers: {
      ...headers,
      ...versionHeaders(call.bucket, added),
      ...expirationHeaders(call.bucket, added),
      ...copySourceHeaders(name, source),
      ...encryptionHeaders(content.attributes.encryption),
    },
    body,
  };
}

function checkRequest(request: S3Request): Refusal | undefined {
  const versionId = versionIdOf(request);
  if (versionId !== undefined) {
    return invalidArgument('This operation does not accept a version-id.', 'versionId', versionId);
  }
  for (const what of directives) {
    const header = `x-amz-${what}-directive`;
    const directive = request.headers.get(header) ?? 'COPY';
    if (directive !== 'COPY' && directive !== 'REPLACE') {
      return invalidArgument(`Unknown ${what} directive.`, header, directive);
    }
  }
  return refuseUnknownWriteConditions(request.headers);
}

function checkSource(call: Call, name: CopySource, source: ObjectVersion): Refusal | undefined {
  const { request, bucket, key } = call;
  if (source.sizeBytes > sizeBytesMax) {
    const message = `The specified copy source is larger than the maximum allowable size for a copy source: ${sizeBytesMax}`;
    return new Refusal('InvalidRequest', message);
  }
  const isSame = name.bucketName === bucket.name && name.key === key && name.versionId === undefined;
  const changes = ['x-amz-storage-class', 'x-amz-server-side-encryption'].some((header) => request.headers.has(header));
  if (isSame && !changes && !isReplaced(request, 'metadata')) {
    const message =
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.";
    return new Refusal('InvalidRequest', message);
  }
  if (isReplaced(request, 'tagging') || Object.keys(source.tags).length === 0) return undefined;
  const { headers } = request;
  const readingTags = call.about(getObjectTagging, { ...name, headers });
  if (readingTags instanceof Refusal) return readingTags;
  const tagging = call.about(putObjectTagging, { bucketName: bucket.name, key, versionId: undefined, headers });
  return tagging instanceof Refusal ? tagging : undefined;
}

function copyResult(content: ObjectContent, lastModified: Date): Answer {
  const { checksum } = content.attributes;
  return xmlAnswer(
    xmlDocument(
      'CopyObjectResult',
      element('LastModified', lastModified.toISOString()),
      element('ETag', etagOf(content)),
      checksum && element('ChecksumType', checksumTypeOf(checksum)),
      checksum && element(checksumElement(checksum.algorithm), checksum.value),
    ),
  );
}
