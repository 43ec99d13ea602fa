import { parseExpectations } from '../body/expectations.ts';
import { receiveBody } from '../body/receive.ts';
import { invalidArgument, Refusal } from '../refusal.ts';
import { addReceivedObject } from './add-received-object.ts';
import { actionsOfWrite, headersRefusedOfWrites, tagsOfWrite } from './object-writes.ts';
import type { Operation } from './operation.ts';
import { parseAttributes } from './put-object-attributes.ts';
import { versionIdOf } from './version-id.ts';
import { refuseUnknownWriteConditions } from './write-conditions.ts';

/** "Uploading objects": the largest object of a single PUT, or copy. */
export const sizeBytesMax = 5 * 1024 ** 3;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export const putObject: Operation = {
  name: 'PutObject',
  method: 'PUT',
  target: 'object',
  createsObject: true,
  refusedHeaders: [...headersRefusedOfWrites, 'x-amz-write-offset-bytes'],
  actions: (request) => [...actionsOfWrite(request), ...(request.headers.has('if-match') ? ['s3:GetObject'] : [])],
  readRequestTags: tagsOfWrite,
  async handle(call) {
    const { headers } = call.request;
    const versionId = versionIdOf(call.request);
    if (versionId !== undefined) {
      return invalidArgument('This operation does not accept a version-id.', 'versionId', versionId);
    }
    const expected = parseExpectations(headers, call.identity, sizeBytesMax);
    if (expected instanceof Refusal) return expected;
    const attributes = parseAttributes(headers, call.bucket);
    if (attributes instanceof Refusal) return attributes;
    const unknownCondition = refuseUnknownWriteConditions(headers);
    if (unknownCondition) return unknownCondition;

    const before = call.store.versions.current(call.bucket.name, call.key);
    const blob = call.store.blobs.create(expected.sizeBytes);
    let isKept = false;
    try {
      call.continueBody();
      const body = await receiveBody(call.incoming, expected, blob);
      if (body instanceof Refusal) return body;
      await blob.keep();
      isKept = true;
      const kept = { ...body, blobId: blob.id, sizeBytes: expected.sizeBytes };
      const answered = await addReceivedObject(call, kept, attributes, 'ObjectCreated:Put', before);
      return answered instanceof Refusal ? answered : { status: 200, headers: answered };
    } finally {
      if (!isKept) await blob.discard();
    }
  },
};
