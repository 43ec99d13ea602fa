import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FormOptions, postForm, signedFields } from '../support/form.ts';
import { sha256Base64 } from '../support/presign.ts';
import { bucketName as Bucket, startTestS3, type TestS3 } from '../support/server.ts';

const now = new Date('2026-03-01T12:00:00Z');
let s3: TestS3;
beforeAll(async () => {
  s3 = await startTestS3({
    clock: { now: () => now },
    authorize: ({ action }) =>
      action === 's3:PutObjectAcl' ? { allowed: false, reason: 'implicit-deny' } : { allowed: true },
  });
  s3.client.config.systemClockOffset = now.getTime() - Date.now();
});
afterAll(() => s3[Symbol.asyncDispose]());

/** Nothing may be left of a form that was refused. */
async function expectRefusal(
  options: FormOptions & { file?: string },
  status: number,
  error: Record<string, unknown>,
): Promise<void> {
  expect(await postForm(s3, { signedAt: now, ...options })).toMatchObject({ status, error });
  const stored = await s3.client.send(new ListObjectVersionsCommand({ Bucket }));
  expect(stored.Versions ?? []).toEqual([]);
  expect(await readdir(join(s3.dataDirectory, 'objects'))).toEqual([]);
}

const missing = (name: string) => ({
  Code: 'InvalidArgument',
  Message: `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
  ArgumentName: name,
});
const violates = (problem: string) => ({ Code: 'AccessDenied', Message: `Invalid according to Policy: ${problem}` });
const inPolicy = (problem: string) => ({ Code: 'InvalidPolicyDocument', Message: `Invalid Policy: ${problem}` });

describe('the signature of a form', () => {
  it.each<[string, FormOptions, number, object]>([
    ['no algorithm', { change: { 'x-amz-algorithm': undefined } }, 400, missing('X-Amz-Algorithm')],
    ['no credential', { change: { 'x-amz-credential': undefined } }, 400, missing('X-Amz-Credential')],
    ['no date', { change: { 'x-amz-date': undefined } }, 400, missing('X-Amz-Date')],
    ['no signature', { change: { 'x-amz-signature': undefined } }, 400, missing('X-Amz-Signature')],
    ['no policy', { change: { policy: undefined } }, 400, missing('Policy')],
    [
      'another algorithm',
      { change: { 'x-amz-algorithm': 'AWS4-HMAC-SHA1' } },
      400,
      { ArgumentName: 'X-Amz-Algorithm' },
    ],
    [
      'a date of another form',
      { change: { 'x-amz-date': '2026-03-01' } },
      400,
      {
        Code: 'InvalidArgument',
        Message: 'X-Amz-Date must be formated via ISO8601 Long format',
        ArgumentValue: '2026-03-01',
      },
    ],
    [
      'another region',
      { scope: '20260301/us-west-1/s3/aws4_request' },
      400,
      {
        Code: 'InvalidArgument',
        Message: "the region 'us-west-1' is wrong; expecting 'eu-central-1'",
        ArgumentName: 'X-Amz-Credential',
        Region: 'eu-central-1',
      },
    ],
    ['another service', { scope: '20260301/eu-central-1/sqs/aws4_request' }, 400, { ArgumentName: 'X-Amz-Credential' }],
    ['another day', { scope: '20260302/eu-central-1/s3/aws4_request' }, 400, { ArgumentName: 'X-Amz-Credential' }],
    ['no token', { change: { 'x-amz-security-token': undefined } }, 403, { Code: 'InvalidAccessKeyId' }],
    ['another token', { change: { 'x-amz-security-token': 't' } }, 400, { Code: 'InvalidToken' }],
    ['signature version 2', { change: { AWSAccessKeyId: 'a', signature: 'b' } }, 400, { Code: 'InvalidRequest' }],
    [
      'a policy with a signature of none',
      { change: { 'x-amz-signature': '' } },
      403,
      { Code: 'SignatureDoesNotMatch' },
    ],
  ])('%s', (_, options, status, error) => expectRefusal(options, status, error as Record<string, unknown>));

  it('shows what was signed where it does not match', async () => {
    const { policy = '' } = signedFields({ signedAt: now });
    const change = { 'x-amz-signature': 'f'.repeat(64) };
    await expectRefusal({ change }, 403, {
      Code: 'SignatureDoesNotMatch',
      StringToSign: policy,
      SignatureProvided: change['x-amz-signature'],
      StringToSignBytes: Buffer.from(policy)
        .toString('hex')
        .replace(/..(?=.)/g, '$& '),
    });
  });

  it('is asked for: a form without any is anonymous', async () => {
    const nothing = Object.fromEntries(
      ['algorithm', 'credential', 'date', 'signature', 'security-token'].map((name) => [`x-amz-${name}`, undefined]),
    );
    await expectRefusal({ change: nothing }, 403, { Code: 'AccessDenied', Message: 'Access Denied' });
  });
});

describe('the policy of a form', () => {
  const document = (policy: unknown): FormOptions => ({
    policy: typeof policy === 'string' ? policy : JSON.stringify(policy),
  });
  const conditions = (...list: unknown[]) => document({ expiration: '2027-01-01T00:00:00Z', conditions: list });
  it.each<[string, FormOptions, string]>([
    ['no JSON', document('expiration'), 'Invalid JSON.'],
    ['a list', document([]), 'Invalid JSON.'],
    ['a policy of IAM', document({ Statement: [] }), "Unexpected: 'statement'"],
    ['no expiration', document({ conditions: [] }), 'Policy missing expiration.'],
    ['no conditions', document({ expiration: '2027-01-01T00:00:00Z' }), 'Policy missing conditions.'],
    [
      'an offset',
      { expiration: '2027-01-01T00:00:00+01:00' },
      "Invalid 'expiration' value: '2027-01-01T00:00:00+01:00'",
    ],
    ['no such day', { expiration: '2027-02-30T00:00:00Z' }, "Invalid 'expiration' value: '2027-02-30T00:00:00Z'"],
    [
      'one object',
      document({ expiration: '2027-01-01T00:00:00Z', conditions: {} }),
      "Invalid 'conditions' value: must be a List.",
    ],
    [
      'two in one',
      conditions({ a: 'b', c: 'd' }),
      'Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.',
    ],
    [
      'none in one',
      conditions({}),
      'Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.',
    ],
    ['a number', conditions({ a: 1 }), 'Invalid Simple-Condition: value must be a string.'],
    ['an empty list', conditions([]), 'Invalid Condition: missing operation identifier.'],
    ['an unknown operator', conditions(['ends-with', '$a', 'b']), "Invalid Condition: unknown operation 'ends-with'."],
    ['too few operands', conditions(['eq', '$a']), 'Invalid eq: wrong number of arguments.'],
    ['half a byte', conditions(['content-length-range', 0, 1.5]), 'Invalid JSON.'],
  ])('is refused with %s', (_, options, problem) => expectRefusal(options, 400, inPolicy(problem)));

  it('reads the escapes that policies have and JSON has not', async () => {
    const fields = signedFields({ signedAt: now, fields: { key: '$a' } });
    const text = Buffer.from(fields.policy ?? '', 'base64').toString();
    await expectRefusal(
      { fields: { key: '$b' }, policy: text.replace('"$a"', '"\\$a"') },
      403,
      violates('Policy Condition failed: ["eq", "$key", "$a"]'),
    );
  });

  it.each<[string, FormOptions & { file?: string }, number, object]>([
    ['expired', { signedAt: new Date(now.getTime() - 60_001) }, 403, violates('Policy expired.')],
    ['another key', { change: { key: 'l' } }, 403, violates('Policy Condition failed: ["eq", "$key", "k"]')],
    [
      'another bucket',
      { conditions: [{ bucket: 'b' }] },
      403,
      violates('Policy Condition failed: ["eq", "$bucket", "b"]'),
    ],
    ['no condition on the bucket', { uncovered: ['bucket'] }, 403, violates('Extra input fields: bucket')],
    ['a field without a condition', { uncovered: ['x-amz-date'] }, 403, violates('Extra input fields: x-amz-date')],
    ['a field added', { change: { 'x-amz-meta-a': 'b' } }, 403, violates('Extra input fields: x-amz-meta-a')],
    [
      'a byte too few',
      { conditions: [['content-length-range', 6, 9]] },
      400,
      { Code: 'EntityTooSmall', ProposedSize: '5', MinSizeAllowed: '6' },
    ],
    [
      'a byte too many',
      { conditions: [['content-length-range', 1, 4]] },
      400,
      { Code: 'EntityTooLarge', ProposedSize: '5', MaxSizeAllowed: '4' },
    ],
    [
      // More than is kept in memory before it becomes a file.
      'too many bytes of a large file',
      { conditions: [['content-length-range', 1, 1_900_000]], file: 'x'.repeat(2e6) },
      400,
      { Code: 'EntityTooLarge' },
    ],
    [
      'far too many bytes',
      { conditions: [['content-length-range', 1, 4]], file: 'x'.repeat(2e6) },
      400,
      { Code: 'EntityTooLarge' },
    ],
  ])('is enforced: %s', (_, options, status, error) =>
    expectRefusal(options, status, error as Record<string, unknown>),
  );
});

describe('what a form says of its object', () => {
  it.each<[Record<string, string>, number, object]>([
    [{ 'x-amz-checksum-sha256': sha256Base64('other') }, 400, { Code: 'BadDigest' }],
    [{ 'x-amz-checksum-sha256': 'a' }, 400, { Code: 'InvalidRequest' }],
    [{ 'x-amz-storage-class': 'COLD' }, 400, { Code: 'InvalidStorageClass' }],
    [{ tagging: 'a=b' }, 400, { Code: 'MalformedXML' }],
    [{ tagging: '<!DOCTYPE a><Tagging><TagSet></TagSet></Tagging>' }, 400, { Code: 'MalformedXML' }],
    [{ 'x-amz-meta-a': 'b\r\nSet-Cookie: c' }, 501, { Code: 'NotImplemented' }],
    [{ 'x-amz-meta-a b': 'c' }, 501, { Code: 'NotImplemented' }],
    [{ 'x-amz-website-redirect-location': '/a' }, 501, { Code: 'NotImplemented' }],
    [{ 'content-md5': 'a' }, 501, { Code: 'NotImplemented' }],
    [
      { acl: 'bucket-owner-full-control' },
      403,
      { Code: 'AccessDenied', Message: expect.stringMatching(/s3:PutObjectAcl/) },
    ],
    [{ key: 'x'.repeat(1025) }, 400, { Code: 'KeyTooLongError' }],
    [{ key: '' }, 400, { Code: 'InvalidArgument', Message: 'User key must have a length greater than 0.' }],
  ])('is refused: %j', (fields, status, error) => expectRefusal({ fields }, status, error as Record<string, unknown>));
});
