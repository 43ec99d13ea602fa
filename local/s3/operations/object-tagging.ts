import { readDocument } from '../body/read-document.ts';
import { type Answer, xmlAnswer } from '../http/answer.ts';
import { Refusal } from '../refusal.ts';
import type { ObjectVersion, Tags } from '../store/object-version.ts';
import { versionHeaders } from './object-headers.ts';
import type { Call, Operation } from './operation.ts';
import { parseTaggingDocument, taggingDocument } from './tagging-document.ts';
import { actionByVersion, addressedVersion, missing } from './version-id.ts';

/** Ten tags of the longest kind, every character written as a reference, are well under it. */
const documentSizeBytesMax = 128 * 1024;

const shared = {
  target: 'object',
  subresource: 'tagging',
  knowsExistingTags: true,
} as const;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html */
export const getObjectTagging: Operation = {
  ...shared,
  name: 'GetObjectTagging',
  method: 'GET',
  actions: actionByVersion('s3:GetObjectTagging', 's3:GetObjectVersionTagging'),
  async handle(call) {
    const version = taggedVersion(call);
    if (version instanceof Refusal) return version;
    const answer = xmlAnswer(taggingDocument(version.tags));
    return { ...answer, headers: { ...answer.headers, ...versionHeaders(call.bucket, version) } };
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html */
export const putObjectTagging: Operation = {
  ...shared,
  name: 'PutObjectTagging',
  method: 'PUT',
  actions: actionByVersion('s3:PutObjectTagging', 's3:PutObjectVersionTagging'),
  async readRequestTags(call) {
    const document = await readDocument(call, documentSizeBytesMax);
    return document instanceof Refusal ? document : parseTaggingDocument(document);
  },
  handle: async (call) => replaceTags(call, call.requestTags ?? {}, 200),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html */
export const deleteObjectTagging: Operation = {
  ...shared,
  name: 'DeleteObjectTagging',
  method: 'DELETE',
  actions: actionByVersion('s3:DeleteObjectTagging', 's3:DeleteObjectVersionTagging'),
  handle: async (call) => replaceTags(call, {}, 204),
};

async function replaceTags(call: Call, tags: Tags, status: 200 | 204): Promise<Answer | Refusal> {
  const version = await call.store.commit(() => {
    const found = taggedVersion(call);
    if (!(found instanceof Refusal)) call.store.versions.setTags(found, tags);
    return found;
  });
  if (version instanceof Refusal) return version;
  return { status, headers: versionHeaders(call.bucket, version) };
}

/** A delete marker has no tags ("Working with delete markers": every call but DELETE is refused). */
function taggedVersion(call: Call): ObjectVersion | Refusal {
  const version = addressedVersion(call);
  if (version === undefined) return missing(call);
  if (!version.isDeleteMarker) return version;
  const headers = { ...versionHeaders(call.bucket, version), 'x-amz-delete-marker': 'true' };
  const elements = { Method: call.request.method, ResourceType: 'DeleteMarker' };
  return new Refusal('MethodNotAllowed', undefined, elements, headers);
}
