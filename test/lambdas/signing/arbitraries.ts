import { RegionInfo } from 'aws-cdk-lib/region-info';
import fc from 'fast-check';
import { s3Endpoint } from '../../../lambdas/signing/endpoint.ts';
import type { PresignRequest } from '../../../lambdas/signing/presign.ts';

/** Every region of every partition that the CDK knows. */
export const regions = RegionInfo.regions.map(({ name }) => name);

const reserved = fc.constantFrom(...' !"#$%&\'()*+,/:;<=>?@[\\]^`{|}~-._%2F%25/../\\//aZ0');
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: reserved, maxLength: 60 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 60 }),
);
const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 80 });

const key = fc
  .oneof(text, fc.stringMatching(/^documents\/[a-z0-9-]{1,20}\/[0-9a-f]{2}\/[0-9a-f-]{36}$/))
  .filter((value) => value !== '' && value.isWellFormed() && Buffer.byteLength(value) <= 1024);

const credentials = fc.record(
  {
    accessKeyId: fc.oneof(fc.constant('AKIAIOSFODNN7EXAMPLE'), fc.stringMatching(/^[A-Z0-9/+=]{16,24}$/)),
    secretAccessKey: fc.oneof(fc.constant('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'), text),
    sessionToken: fc.oneof(fc.base64String({ minLength: 4, maxLength: 1600 }), fc.constant('')),
  },
  { requiredKeys: ['accessKeyId', 'secretAccessKey'] },
);

const bucket = fc.constantFrom('examplebucket', 'sealdrop-dev-data', 'a1b', 'dots.in.name', `b${'a'.repeat(61)}c`);
const endpointUrl = fc.constantFrom(
  'http://127.0.0.1:9001',
  'http://localhost:4566/',
  'https://minio.example',
  'https://example.org:8443/s3/',
  'http://[::1]:9000',
);

const headerValue = fc
  .oneof(ascii, text, fc.string({ unit: fc.constantFrom(' ', '\t', 'a', ';', '=', 'é'), maxLength: 20 }))
  .filter((value) => value.isWellFormed() && !/[^\P{Cc}\t]/u.test(value));

const headers = fc
  .tuple(
    fc.record(
      {
        'content-type': fc.oneof(fc.constantFrom('application/pdf', 'image/jpeg', 'text/plain;  charset=utf-8'), ascii),
        'content-length': fc.nat().map(String),
        'content-disposition': headerValue,
        'cache-control': fc.constantFrom('no-store', ' private,   max-age=0 '),
        'if-none-match': fc.constant('*'),
        'x-amz-checksum-sha256': fc.base64String({ minLength: 44, maxLength: 44 }),
        'x-amz-server-side-encryption': fc.constantFrom('aws:kms', 'AES256'),
        'x-amz-tagging': text.map((value) => `sealdrop-state=${encodeURIComponent(value.toWellFormed())}`),
      },
      { requiredKeys: [] },
    ),
    // Names that are the start of one another sort otherwise by name than by line.
    fc.dictionary(fc.stringMatching(/^x-amz-meta(-[a-c]|\.[a-c]|_[a-c]|[0-1]){0,3}$/), headerValue, { maxKeys: 4 }),
  )
  .map(([known, metadata]) => ({ ...known, ...metadata }));

const query = fc.record(
  {
    versionId: fc.oneof(fc.base64String({ maxLength: 32 }), fc.constant('null')),
    partNumber: fc.integer({ min: 1, max: 10_000 }).map(String),
    uploadId: ascii,
    'response-content-disposition': text,
    'response-content-type': ascii,
    'response-cache-control': fc.constant('no-store'),
    tagging: fc.constant(''),
    'x-id': fc.constantFrom('PutObject', 'GetObject'),
  },
  { requiredKeys: [] },
);

export const presignRequests: fc.Arbitrary<PresignRequest> = fc
  .record({
    method: fc.constantFrom('DELETE', 'GET', 'HEAD', 'POST', 'PUT'),
    at: fc.record({
      bucket,
      region: fc.constantFrom(...regions),
      endpointUrl: fc.option(endpointUrl, { nil: undefined, freq: 4 }),
    }),
    key,
    query,
    headers,
    credentials,
    expiresInSeconds: fc.oneof(fc.integer({ min: 1, max: 604_800 }), fc.constantFrom(1, 604_800)),
    now: fc.date({ min: new Date('1970-01-01'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }),
  })
  .map(({ at, ...request }) => ({ ...request, endpoint: s3Endpoint(at), region: at.region }));
