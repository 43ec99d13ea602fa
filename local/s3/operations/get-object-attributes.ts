import { checksumElement, checksumTypeOf } from '../body/checksum.ts';
import { xmlAnswer } from '../http/answer.ts';
import { invalidArgument, Refusal } from '../refusal.ts';
import type { ObjectVersion } from '../store/object-version.ts';
import { element, type Xml, xmlDocument } from '../xml.ts';
import { versionHeaders } from './object-headers.ts';
import type { Operation } from './operation.ts';
import { readableVersion } from './readable-version.ts';
import { versionIdOf } from './version-id.ts';

const header = 'x-amz-object-attributes';

/**
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html. Of parts it tells their number, as S3
 * does of uploads without additional checksums.
 */
export const getObjectAttributes: Operation = {
  name: 'GetObjectAttributes',
  method: 'GET',
  target: 'object',
  subresource: 'attributes',
  knowsExistingTags: true,
  refusedHeaders: ['x-amz-max-parts', 'x-amz-part-number-marker', 'x-amz-server-side-encryption-customer-algorithm'],
  actions: (request) =>
    versionIdOf(request) === undefined
      ? ['s3:GetObject', 's3:GetObjectAttributes']
      : ['s3:GetObjectVersion', 's3:GetObjectVersionAttributes'],
  async handle(call) {
    const list = call.request.headers.get(header) ?? '';
    const names = list.split(',').map((name) => name.trim());
    if (names.some((name) => !Object.hasOwn(attributes, name))) {
      return invalidArgument('Invalid attribute name specified.', header, list);
    }
    const version = readableVersion(call);
    if (version instanceof Refusal) return version;
    const elements = Object.entries(attributes).map(([name, of]) => (names.includes(name) ? of(version) : undefined));
    const { status, headers, body } = xmlAnswer(xmlDocument('GetObjectAttributesResponse', ...elements));
    const lastModified = version.lastModified.toUTCString();
    return {
      status,
      headers: { ...headers, 'last-modified': lastModified, ...versionHeaders(call.bucket, version) },
      body: body ?? '',
    };
  },
};

/** In the order of the answer's schema. */
const attributes: Readonly<Record<string, (version: ObjectVersion) => Xml | undefined>> = {
  // Without its quotes, unlike everywhere else.
  ETag: ({ md5 }) => element('ETag', md5),
  Checksum: ({ attributes: { checksum } }) =>
    checksum &&
    element(
      'Checksum',
      element(checksumElement(checksum.algorithm), checksum.value),
      element('ChecksumType', checksumTypeOf(checksum)),
    ),
  ObjectParts: ({ md5 }) => {
    const [, partsCount] = md5.split('-');
    return partsCount === undefined ? undefined : element('ObjectParts', element('PartsCount', partsCount));
  },
  StorageClass: ({ attributes: { storageClass } }) => element('StorageClass', storageClass),
  ObjectSize: ({ sizeBytes }) => element('ObjectSize', sizeBytes),
};
