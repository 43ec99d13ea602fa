import { requireChecksum } from '../body/has-checksum.ts';
import { readDocument } from '../body/read-document.ts';
import { xmlAnswer } from '../http/answer.ts';
import { notImplemented, Refusal } from '../refusal.ts';
import { element, type Xml, xmlDocument } from '../xml.ts';
import { deleteObject } from './delete-object.ts';
import { type ObjectIdentifier, parseDeleteDocument } from './delete-objects-document.ts';
import type { Call, Operation } from './operation.ts';
import { checkKey, checkVersionId } from './version-id.ts';

/** A thousand keys of the longest kind, every character written as a reference, are under it. */
const documentSizeBytesMax = 16 * 1024 * 1024;

/**
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html: as many DeleteObject as there are keys, each
 * allowed or denied, done or failed for itself. One answer tells of all.
 */
export const deleteObjects: Operation = {
  name: 'DeleteObjects',
  method: 'POST',
  target: 'bucket',
  subresource: 'delete',
  refusedHeaders: ['x-amz-bypass-governance-retention', 'x-amz-mfa'],
  actions: () => [],
  async handle(call) {
    const unproven = requireChecksum(call.request.headers);
    if (unproven) return unproven;
    const document = await readDocument(call, documentSizeBytesMax);
    if (document instanceof Refusal) return document;
    const requested = parseDeleteDocument(document);
    if (requested instanceof Refusal) return requested;
    const results: Xml[] = [];
    for (const object of requested.objects) {
      const { isDeleted, xml } = await deleteOne(call, object);
      if (!isDeleted || !requested.isQuiet) results.push({ xml });
    }
    return xmlAnswer(xmlDocument('DeleteResult', ...results));
  },
};

async function deleteOne(call: Call, object: ObjectIdentifier): Promise<Xml & { readonly isDeleted: boolean }> {
  const { Key, VersionId } = object;
  const identifiers = [element('Key', Key), VersionId === undefined ? undefined : element('VersionId', VersionId)];
  const outcome = await attempt(call, object);
  if (outcome instanceof Refusal) {
    const { code, message } = outcome;
    const xml = element('Error', ...identifiers, element('Code', code), element('Message', message));
    return { isDeleted: false, ...xml };
  }
  const markerVersionId = outcome.headers['x-amz-version-id'];
  const marker = outcome.headers['x-amz-delete-marker']
    ? [element('DeleteMarker', true), element('DeleteMarkerVersionId', markerVersionId)]
    : [];
  return { isDeleted: true, ...element('Deleted', ...identifiers, ...marker) };
}

async function attempt(
  call: Call,
  { Key: key, VersionId: versionId, ETag, LastModifiedTime, Size }: ObjectIdentifier,
): ReturnType<Operation['handle']> {
  if (LastModifiedTime !== undefined || Size !== undefined) {
    return notImplemented('LastModifiedTime and Size of DeleteObjects, which S3 knows of directory buckets only');
  }
  const tooLong = checkKey(key);
  if (tooLong) return tooLong;
  if (versionId !== undefined && checkVersionId(versionId)) return new Refusal('NoSuchVersion');
  const headers = new Map([...call.request.headers].filter(([name]) => name !== 'if-match'));
  if (ETag !== undefined) headers.set('if-match', ETag);
  const deletion = call.about(deleteObject, { bucketName: call.bucket.name, key, versionId, headers });
  return deletion instanceof Refusal ? deletion : deleteObject.handle(deletion);
}
