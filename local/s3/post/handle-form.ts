import type { LocalS3Options } from '../configuration.ts';
import type { Answer } from '../http/answer.ts';
import type { S3Request } from '../http/request.ts';
import type { Call, Caller, Operation } from '../operations/operation.ts';
import { checkKey } from '../operations/version-id.ts';
import { invalidArgument, notImplemented, Refusal } from '../refusal.ts';
import { subresources } from '../routing/operations.ts';
import { authenticateForm, missingField } from './authenticate-form.ts';
import { checkPolicy } from './conditions.ts';
import { expandFileName } from './expand-file-name.ts';
import { readForm } from './form.ts';
import type { FormFields } from './form-parser.ts';
import { describeObject } from './object-description.ts';
import { parsePolicy } from './policy.ts';
import { postObject } from './post-object.ts';

export interface FormUpload extends Omit<Caller, 'identity' | 'requestTags'> {
  readonly credentials: LocalS3Options['credentials'];
  readonly authorize: (operation: Operation, caller: Caller) => Call | Refusal;
}

/** A POST of a bucket that is signed nowhere but in its form. */
export const isFormUpload = ({ method, bucketName, key, query, headers }: S3Request): boolean =>
  method === 'POST' &&
  bucketName !== undefined &&
  key === undefined &&
  !headers.has('authorization') &&
  !query.some(([name]) => subresources.has(name) || name === 'X-Amz-Algorithm' || name === 'X-Amz-Signature');

/** The way of an upload by a form: the form says who signed it, for what, and what the object is. */
export async function handleForm(upload: FormUpload): Promise<Answer | Refusal> {
  const { request, bucket, incoming, continueBody } = upload;
  const contentType = request.headers.get('content-type') ?? '';
  if (!/^multipart\/form-data(?:\s*;|\s*$)/i.test(contentType)) {
    const Condition = 'Bucket POST must be of the enclosure-type multipart/form-data';
    return new Refusal('PreconditionFailed', undefined, { Condition });
  }
  // What S3 makes of them its documents do not say.
  const header = [...request.headers.keys()].find((name) => name.startsWith('x-amz-') && name !== 'x-amz-user-agent');
  if (header !== undefined) return notImplemented(`the header ${header} of a form`, { Header: header });
  if (!request.headers.has('content-length')) return new Refusal('MissingContentLength');
  continueBody();
  const form = await readForm(incoming, contentType);
  if (form instanceof Refusal) return form;
  const fields = expandFileName(form.fields, form.fileName);
  const key = keyOf(fields);
  if (key instanceof Refusal) return key;
  const identity = authenticateForm(fields, bucket.region, upload.credentials);
  if (identity instanceof Refusal) return identity;
  const policy = parsePolicy(fields.get('policy')?.value ?? '');
  if (policy instanceof Refusal) return policy;
  const withBucket = new Map(fields).set('bucket', { name: 'bucket', value: bucket.name });
  const range = checkPolicy(policy, withBucket, request.receivedAt);
  if (range instanceof Refusal) return range;
  const description = describeObject(fields, request.headers);
  if (description instanceof Refusal) return description;

  const operation = postObject({ ...form, fields }, range);
  const object = { ...request, key, headers: description.headers };
  const caller = { request: object, bucket, identity, incoming, continueBody, requestTags: description.tags };
  const call = upload.authorize(operation, caller);
  return call instanceof Refusal ? call : operation.handle(call);
}

function keyOf(fields: FormFields): string | Refusal {
  const key = fields.get('key')?.value;
  if (key === undefined) return missingField('key');
  if (key === '') return invalidArgument('User key must have a length greater than 0.', 'key', '');
  return checkKey(key) ?? key;
}
