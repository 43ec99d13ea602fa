import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConfinedS3, startConfinedS3 } from '../support/confined.ts';
import { malformedDocuments } from '../support/malformed.ts';
import { sendSigned } from '../support/sign.ts';

/** A bucket that a client made, as those of the template are as the template says. */
const path = '/made-by-a-client';
const location =
  '<CreateBucketConfiguration><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>';

let s3: ConfinedS3;
beforeAll(async () => {
  s3 = await startConfinedS3();
  expect(await sendSigned(s3, { method: 'PUT', path, body: location })).toMatchObject({ status: 200 });
});
afterAll(async () => {
  await s3.expectConfined();
  await s3[Symbol.asyncDispose]();
});

const put = (query: string, body: string | Buffer) => {
  const headers = { 'content-md5': createHash('md5').update(body).digest('base64') };
  return sendSigned(s3, { method: 'PUT', path, query, headers, body });
};

describe.each([
  ['cors', 'CORSConfiguration', 'CORSRule'],
  ['versioning', 'VersioningConfiguration', 'Status'],
  ['tagging', 'Tagging', 'TagSet'],
  ['encryption', 'ServerSideEncryptionConfiguration', 'Rule'],
  ['lifecycle', 'LifecycleConfiguration', 'Rule'],
  ['notification', 'NotificationConfiguration', 'QueueConfiguration'],
  ['publicAccessBlock', 'PublicAccessBlockConfiguration', 'BlockPublicAcls'],
  ['ownershipControls', 'OwnershipControls', 'Rule'],
])('PUT ?%s', (query, root, child) => {
  it('refuses what is no document of its schema: MalformedXML, and keeps what there was', async () => {
    const before = await sendSigned(s3, { path, query });
    for (const [name, document] of malformedDocuments) {
      const { status, error } = await put(query, document(root, child));
      expect([name, status, error.Code]).toEqual([name, 400, 'MalformedXML']);
    }
    const after = await sendSigned(s3, { path, query });
    expect([after.status, after.error.Code]).toEqual([before.status, before.error.Code]);
  });

  it('refuses a document that is far too large: MaxMessageLengthExceeded', async () => {
    const { status, error } = await put(query, Buffer.alloc(1024 * 1024 + 1, ' '));
    expect([status, error.Code]).toEqual([400, 'MaxMessageLengthExceeded']);
  });
});

it.each([
  ['nothing', ''],
  ['no JSON', '{'],
  ['a list', '[]'],
  ['XML', '<Policy></Policy>'],
  ['a policy of nothing', '{}'],
  ['a prototype', '{"__proto__":{"Version":"2012-10-17"}}'],
  ['10,000 lists in each other', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
])('PUT ?policy refuses %s: MalformedPolicy', async (_, policy) => {
  const { status, error } = await put('policy', policy);
  expect([status, error.Code]).toEqual([400, 'MalformedPolicy']);
});
