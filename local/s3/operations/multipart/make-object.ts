import { uriEncode } from '../../../sigv4/uri-encode.ts';
import { type Checksum, checksumElement, checksumTypeOf } from '../../body/checksum.ts';
import { eventMessages } from '../../events/messages.ts';
import { type Answer, xmlAnswer } from '../../http/answer.ts';
import { expirationHeaders } from '../../lifecycle/expiration-headers.ts';
import { Refusal } from '../../refusal.ts';
import { newBlobId } from '../../store/blob-id.ts';
import { type AnyObjectVersion, etagOf, type ObjectContent } from '../../store/object-version.ts';
import type { Part } from '../../store/parts.ts';
import { element, xmlDocument } from '../../xml.ts';
import { encryptionHeaders, versionHeaders } from '../object-headers.ts';
import type { Call } from '../operation.ts';
import { nextVersionId } from '../version-id.ts';
import { checkWriteConditions } from '../write-conditions.ts';
import { addressedUpload } from './addressed-upload.ts';
import { chooseParts } from './choose-parts.ts';
import type { NamedPart } from './complete-document.ts';
import { endUpload } from './end-upload.ts';
import { checkClaims, etagOfParts, sizeOf } from './object-of-parts.ts';

export interface MadeObject {
  readonly answer: Answer;
  /** Of the parts, and of the object that was written over: to be released. */
  readonly staleBlobIds: readonly string[];
}

/**
 * Turns an upload into a version, in a transaction of the caller: of all who complete, abort or write under a condition
 * at the same time, each finds the work of the others done or not begun.
 */
export function makeObject(
  call: Call,
  named: readonly NamedPart[],
  checksumOf: (parts: readonly Part[]) => Checksum,
  before: AnyObjectVersion | undefined,
): MadeObject | Refusal {
  const { store, bucket, key, request } = call;
  const upload = addressedUpload(call);
  if (upload instanceof Refusal) return upload;
  const uploaded = store.parts.list(upload.id, 0, Number.MAX_SAFE_INTEGER);
  const parts = chooseParts(upload, named, uploaded);
  if (parts instanceof Refusal) return parts;
  const checksum = checksumOf(parts);
  const refusal =
    checkClaims(request.headers, parts, checksum) ??
    checkWriteConditions(request.headers, store.versions.current(bucket.name, key), before);
  if (refusal) return refusal;

  endUpload(store, upload);
  const blobId = joinParts(call, parts);
  const attributes = { ...upload.attributes, checksum };
  const content = { blobId, sizeBytes: sizeOf(parts), md5: etagOfParts(parts), attributes, tags: upload.tags };
  const ref = { bucket: bucket.name, key, versionId: nextVersionId(bucket) };
  const replaced = store.versions.find(ref);
  store.versions.remove(ref);
  const added = store.versions.add(ref, request.receivedAt, content);
  for (const message of eventMessages(call, 'ObjectCreated:CompleteMultipartUpload', added)) store.outbox.add(message);
  const answer = answerOf(call, added, content, checksum);
  const completion = { uploadId: upload.id, bucket: bucket.name, key, parts: JSON.stringify(named) };
  store.completions.add({ ...completion, answer: JSON.stringify(answer) }, request.receivedAt);
  const stale = replaced?.isDeleteMarker === false ? [...uploaded, replaced] : uploaded;
  return { answer, staleBlobIds: stale.map((gone) => gone.blobId) };
}

/** A blob of the bytes that the parts have, wherever those are. */
function joinParts({ store: { segments, objectParts } }: Call, parts: readonly Part[]): string {
  const blobId = newBlobId();
  segments.join(
    blobId,
    parts.flatMap((part) => segments.pieces(part.blobId, 0, part.sizeBytes - 1)),
  );
  objectParts.add(blobId, parts);
  return blobId;
}

function answerOf(call: Call, added: AnyObjectVersion, content: ObjectContent, checksum: Checksum): Answer {
  const { bucket, key, request } = call;
  const location = `http://${request.headers.get('host') ?? ''}/${uriEncode(bucket.name)}/${uriEncode(key)}`;
  const answer = xmlAnswer(
    xmlDocument(
      'CompleteMultipartUploadResult',
      element('Location', location),
      element('Bucket', bucket.name),
      element('Key', key),
      element('ETag', etagOf(content)),
      element(checksumElement(checksum.algorithm), checksum.value),
      element('ChecksumType', checksumTypeOf(checksum)),
    ),
  );
  const { encryption } = content.attributes;
  return {
    ...answer,
    headers: {
      ...answer.headers,
      ...versionHeaders(bucket, added),
      ...expirationHeaders(bucket, added),
      ...encryptionHeaders(encryption),
    },
  };
}
