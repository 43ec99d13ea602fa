import * as z from 'zod/mini';
import { requireChecksum } from '../../body/has-checksum.ts';
import { integer, readConfiguration } from '../../buckets/configuration-document.ts';
import type { CorsRule } from '../../configuration.ts';
import { corsMethods } from '../../cors/preflight.ts';
import { xmlAnswer } from '../../http/answer.ts';
import { Refusal } from '../../refusal.ts';
import { element, xmlDocument } from '../../xml.ts';
import type { Operation } from '../operation.ts';
import { setConfiguration } from './set-configuration.ts';

const shared = { target: 'bucket', subresource: 'cors' } as const;

const idLengthMax = 255;
const rulesMax = 100;
const texts = z.array(z.string());

const Rule = z.strictObject({
  ID: z.optional(z.string().check(z.maxLength(idLengthMax))),
  AllowedOrigin: texts,
  AllowedMethod: texts,
  AllowedHeader: z.optional(texts),
  ExposeHeader: z.optional(texts),
  MaxAgeSeconds: z.optional(integer),
});

const format = {
  root: 'CORSConfiguration',
  lists: ['CORSRule', 'AllowedOrigin', 'AllowedMethod', 'AllowedHeader', 'ExposeHeader'],
  schema: z.strictObject({ CORSRule: z.array(Rule).check(z.minLength(1), z.maxLength(rulesMax)) }),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html */
export const getBucketCors: Operation = {
  ...shared,
  name: 'GetBucketCors',
  method: 'GET',
  actions: () => ['s3:GetBucketCORS'],
  handle: async ({ bucket }) =>
    bucket.cors.length === 0
      ? new Refusal('NoSuchCORSConfiguration', undefined, { BucketName: bucket.name })
      : xmlAnswer(xmlDocument('CORSConfiguration', ...bucket.cors.map(ruleElement))),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html */
export const putBucketCors: Operation = {
  ...shared,
  name: 'PutBucketCors',
  method: 'PUT',
  actions: () => ['s3:PutBucketCORS'],
  async handle(call) {
    const unproven = requireChecksum(call.request.headers);
    if (unproven) return unproven;
    const configuration = await readConfiguration(call, format);
    if (configuration instanceof Refusal) return configuration;
    const cors = configuration.CORSRule.map(
      ({ ID, AllowedOrigin, AllowedMethod, AllowedHeader, ExposeHeader, MaxAgeSeconds }): CorsRule => ({
        allowedOrigins: AllowedOrigin,
        allowedMethods: AllowedMethod,
        ...(ID !== undefined && { id: ID }),
        ...(AllowedHeader && { allowedHeaders: AllowedHeader }),
        ...(ExposeHeader && { exposedHeaders: ExposeHeader }),
        ...(MaxAgeSeconds !== undefined && { maxAge: MaxAgeSeconds }),
      }),
    );
    const invalid = cors.map(checkRule).find((refusal) => refusal !== undefined);
    return invalid ?? setConfiguration(call, { cors });
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketCors.html */
export const deleteBucketCors: Operation = {
  ...shared,
  name: 'DeleteBucketCors',
  method: 'DELETE',
  actions: () => ['s3:PutBucketCORS'],
  handle: (call) => setConfiguration(call, { cors: [] }, 204),
};

function checkRule({
  allowedMethods,
  allowedOrigins,
  allowedHeaders = [],
  exposedHeaders = [],
}: CorsRule): Refusal | undefined {
  const refuse = (message: string): Refusal => new Refusal('InvalidRequest', message);
  const method = allowedMethods.find((name) => !corsMethods.includes(name));
  if (method !== undefined) {
    return refuse(`Found unsupported HTTP method in CORS config. Unsupported method is ${method}`);
  }
  const hasMany = (pattern: string): boolean => pattern.split('*').length > 2;
  const origin = allowedOrigins.find(hasMany);
  if (origin !== undefined) return refuse(`AllowedOrigin "${origin}" can not have more than one wildcard.`);
  const header = allowedHeaders.find(hasMany);
  if (header !== undefined) return refuse(`AllowedHeader "${header}" can not have more than one wildcard.`);
  const exposed = exposedHeaders.find((name) => name.includes('*'));
  if (exposed === undefined) return undefined;
  return refuse(`ExposeHeader "${exposed}" contains wildcard. We currently do not support wildcard for ExposeHeader.`);
}

const ruleElement = (rule: CorsRule) =>
  element(
    'CORSRule',
    rule.id === undefined ? undefined : element('ID', rule.id),
    ...rule.allowedMethods.map((method) => element('AllowedMethod', method)),
    ...rule.allowedOrigins.map((origin) => element('AllowedOrigin', origin)),
    ...(rule.allowedHeaders ?? []).map((header) => element('AllowedHeader', header)),
    ...(rule.exposedHeaders ?? []).map((header) => element('ExposeHeader', header)),
    rule.maxAge === undefined ? undefined : element('MaxAgeSeconds', rule.maxAge),
  );
