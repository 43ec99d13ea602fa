import { requireChecksum } from '../../body/has-checksum.ts';
import { readConfiguration } from '../../buckets/configuration-document.ts';
import { xmlAnswer } from '../../http/answer.ts';
import { lifecycleFormat, ruleOf } from '../../lifecycle/document.ts';
import { ruleElement } from '../../lifecycle/rule-element.ts';
import { checkRules } from '../../lifecycle/validate.ts';
import { invalidArgument, notImplemented, Refusal } from '../../refusal.ts';
import { xmlDocument } from '../../xml.ts';
import type { Operation } from '../operation.ts';
import { setConfiguration } from './set-configuration.ts';

const shared = { target: 'bucket', subresource: 'lifecycle' } as const;

/** "Objects smaller than 128 KB will not transition by default to any storage class." */
const sizeHeader = 'x-amz-transition-default-minimum-object-size';
const sizeDefault = 'all_storage_classes_128K';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html */
export const getBucketLifecycleConfiguration: Operation = {
  ...shared,
  name: 'GetBucketLifecycleConfiguration',
  method: 'GET',
  actions: () => ['s3:GetLifecycleConfiguration'],
  async handle({ bucket: { name, lifecycle = [] } }) {
    if (lifecycle.length === 0) {
      return new Refusal('NoSuchLifecycleConfiguration', undefined, { BucketName: name });
    }
    const answer = xmlAnswer(xmlDocument('LifecycleConfiguration', ...lifecycle.map(ruleElement)));
    return { ...answer, headers: { ...answer.headers, [sizeHeader]: sizeDefault } };
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html */
export const putBucketLifecycleConfiguration: Operation = {
  ...shared,
  name: 'PutBucketLifecycleConfiguration',
  method: 'PUT',
  actions: () => ['s3:PutLifecycleConfiguration'],
  async handle(call) {
    const { headers } = call.request;
    const unproven = requireChecksum(headers) ?? checkSizeDefault(headers.get(sizeHeader) ?? sizeDefault);
    if (unproven) return unproven;
    const configuration = await readConfiguration(call, lifecycleFormat);
    if (configuration instanceof Refusal) return configuration;
    const rules = configuration.Rule.map(ruleOf);
    const lifecycle = rules.filter((rule) => !(rule instanceof Refusal));
    const invalid = rules.find((rule) => rule instanceof Refusal) ?? checkRules(lifecycle);
    if (invalid) return invalid;
    const answer = await setConfiguration(call, { lifecycle });
    return { ...answer, headers: { [sizeHeader]: sizeDefault } };
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketLifecycle.html */
export const deleteBucketLifecycle: Operation = {
  ...shared,
  name: 'DeleteBucketLifecycle',
  method: 'DELETE',
  actions: () => ['s3:PutLifecycleConfiguration'],
  handle: (call) => setConfiguration(call, { lifecycle: undefined }, 204),
};

function checkSizeDefault(value: string): Refusal | undefined {
  if (value === sizeDefault) return undefined;
  if (value === 'varies_by_storage_class') return notImplemented(`${value}, the smaller objects of some classes`);
  return invalidArgument('Invalid transition default minimum object size', sizeHeader, value);
}
