import type { ReceivedBody } from '../body/receive.ts';
import type { EventName } from '../events/messages.ts';
import { expirationHeaders } from '../lifecycle/expiration-headers.ts';
import { Refusal } from '../refusal.ts';
import { type AnyObjectVersion, etagOf, type ObjectAttributes } from '../store/object-version.ts';
import { addObject } from './add-object.ts';
import { newEtag } from './etag.ts';
import { checksumHeaders, encryptionHeaders, versionHeaders } from './object-headers.ts';
import type { Call } from './operation.ts';

/** A body that was received whole and kept. */
export interface KeptBody extends ReceivedBody {
  readonly blobId: string;
  readonly sizeBytes: number;
}

/** Makes an object of a body, as `addObject` does, and gives the headers that tell who sent it what became of it. */
export async function addReceivedObject(
  call: Call,
  { blobId, sizeBytes, md5, checksum }: KeptBody,
  attributes: ObjectAttributes,
  eventName: EventName,
  before?: AnyObjectVersion,
): Promise<({ readonly etag: string } & Record<string, string>) | Refusal> {
  const content = {
    blobId,
    sizeBytes,
    md5: newEtag(md5, attributes.encryption),
    attributes: { ...attributes, checksum },
    tags: call.requestTags ?? {},
  };
  const added = await addObject(call, content, eventName, before);
  if (added instanceof Refusal) return added;
  return {
    etag: etagOf(content),
    ...versionHeaders(call.bucket, added),
    ...expirationHeaders(call.bucket, added),
    ...encryptionHeaders(attributes.encryption),
    ...checksumHeaders(content.attributes),
  };
}
