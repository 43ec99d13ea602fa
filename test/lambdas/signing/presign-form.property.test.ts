import { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { s3Endpoint } from '../../../lambdas/signing/endpoint.ts';
import { presignForm } from '../../../lambdas/signing/presign-form.ts';
import { presignRequests, regions } from './arbitraries.ts';

const value = fc
  .oneof(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ unit: fc.constantFrom(...'"\\$&{}<>é🗂 ') }))
  .filter((text) => !/\p{Cc}/u.test(text) && text.isWellFormed() && !/\$\{filename\}/.test(text));

const fields = fc
  .tuple(
    fc.record(
      {
        'content-type': fc.oneof(fc.constant('application/pdf'), value),
        tagging: fc.constant('<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>'),
        'x-amz-checksum-sha256': fc.base64String({ minLength: 44, maxLength: 44 }),
        success_action_redirect: fc.webUrl({ withQueryParameters: true }),
        success_action_status: fc.constant('201'),
      },
      { requiredKeys: ['content-type'] },
    ),
    fc.dictionary(fc.stringMatching(/^x-amz-meta-[a-z0-9._-]{1,9}$/), value, { maxKeys: 4 }),
  )
  .map(([known, metadata]) => ({ ...known, ...metadata }));

const endpointUrl = fc.constantFrom(undefined, 'http://127.0.0.1:9001', 'https://example.org:8443/s3/');

const forms = fc
  .tuple(
    presignRequests,
    fc.record({
      at: fc.record({ bucket: fc.constantFrom('examplebucket', 'dots.in.name'), endpointUrl }),
      region: fc.constantFrom(...regions),
      key: fc.stringMatching(/^documents\/[a-z0-9-]{1,20}\/[0-9a-f]{2}\/[0-9a-f-]{36}$/),
      fields,
      sizes: fc.tuple(fc.nat(), fc.nat(5 * 2 ** 30)),
      accelerate: fc.boolean(),
    }),
  )
  .map(([{ credentials, expiresInSeconds, now }, { at, sizes, accelerate, ...form }]) => ({
    ...form,
    at: {
      ...at,
      accelerate: accelerate && !at.endpointUrl && !at.bucket.includes('.') && !form.region.startsWith('cn-'),
    },
    ...{ credentials, expiresInSeconds, now },
    sizeBytesMin: Math.min(...sizes),
    sizeBytesMax: Math.max(...sizes),
  }));

afterEach(() => {
  vi.useRealTimers();
});

it('makes the form that @aws-sdk/s3-presigned-post makes, byte for byte', async () => {
  let compared = 0;
  vi.useFakeTimers({ toFake: ['Date'] });
  await fc.assert(
    fc.asyncProperty(forms, async ({ at, ...form }) => {
      const { sessionToken, ...keys } = form.credentials;
      const client = new S3Client({
        region: form.region,
        credentials: sessionToken ? { ...keys, sessionToken } : keys,
        useAccelerateEndpoint: at.accelerate,
        ...(at.endpointUrl !== undefined && { endpoint: at.endpointUrl, forcePathStyle: true }),
      });
      // The SDK's own clock is what it signs with.
      vi.setSystemTime(form.now);
      const bySdk = await createPresignedPost(client, {
        Bucket: at.bucket,
        Key: form.key,
        Fields: form.fields,
        Conditions: [['content-length-range', form.sizeBytesMin, form.sizeBytesMax]],
        Expires: form.expiresInSeconds,
      });
      const ours = presignForm({ ...form, endpoint: s3Endpoint({ ...at, region: form.region }) });
      expect(ours).toEqual(bySdk);
      expect(Object.keys(ours.fields)).toEqual(Object.keys(bySdk.fields));
      compared++;
    }),
    { numRuns: 500 },
  );
  expect(compared).toBe(500);
}, 60_000);
