import { parseChecksum } from '../body/checksum-headers.ts';
import { addReceivedObject } from '../operations/add-received-object.ts';
import { actionsOfWrite } from '../operations/object-writes.ts';
import type { Call, Operation } from '../operations/operation.ts';
import { sizeBytesMax } from '../operations/put-object.ts';
import { parseAttributes } from '../operations/put-object-attributes.ts';
import { Refusal } from '../refusal.ts';
import type { SizeRange } from './conditions.ts';
import type { Form } from './form.ts';
import { receiveFile } from './receive-file.ts';
import { successAnswer } from './success.ts';

/** No operation of the router's: what a form is to do stands in the form. */
export const postObjectName = 'PostObject';

/**
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html, of one form that was read up to its file. What
 * describes the object is in the headers of the call, as if it were a PUT.
 */
export const postObject = (form: Form, range: SizeRange): Operation => ({
  name: postObjectName,
  method: 'POST',
  target: 'object',
  createsObject: true,
  actions: actionsOfWrite,
  handle: (call) => storeFile(call, form, { ...range, sizeBytesMax: Math.min(range.sizeBytesMax, sizeBytesMax) }),
});

async function storeFile(call: Call, form: Form, range: SizeRange): ReturnType<Operation['handle']> {
  const { headers } = call.request;
  const attributes = parseAttributes(headers, call.bucket);
  if (attributes instanceof Refusal) return attributes;
  const said = parseChecksum(headers);
  if (said instanceof Refusal) return said;
  const expected = said.checksum;

  // What is around the file in the form is small.
  const blob = call.store.blobs.create(Number(call.incoming.headers['content-length'] ?? 0));
  let isKept = false;
  try {
    const file = await receiveFile(form, range, expected?.algorithm, blob);
    if (file instanceof Refusal) return file;
    if (expected !== undefined && expected.value !== file.checksum.value) {
      return new Refusal('BadDigest', `The ${expected.algorithm} you specified did not match the calculated checksum.`);
    }
    await blob.keep();
    isKept = true;
    const kept = { ...file, blobId: blob.id };
    const answered = await addReceivedObject(call, kept, attributes, 'ObjectCreated:Post');
    return answered instanceof Refusal ? answered : successAnswer(call, form.fields, answered);
  } finally {
    if (!isKept) await blob.discard();
  }
}
