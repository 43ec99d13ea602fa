import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { groupOfKey } from '../../../local/iam/condition-keys.ts';
import { evaluate } from '../../../local/iam/evaluate.ts';
import { keyGroups } from '../../../local/iam/known-keys.ts';
import { compilePolicy, type Policy } from '../../../local/iam/policy.ts';
import { allow, deny, document } from '../iam/fixtures.ts';
import { conditionRows, Key, type Send } from './support/condition-rows.ts';
import { bucketName as Bucket, startTestS3, type TestS3 } from './support/server.ts';

const everything = { Action: 's3:*', Resource: '*' };
const seen = new Set<string>();
let s3: TestS3;
let VersionId: string;
let policy: Policy;

const usePolicy = (...statements: object[]) => {
  policy = compilePolicy(document(allow(everything), ...statements), 'reader/p');
};

beforeAll(async () => {
  s3 = await startTestS3({
    authorize: (request) => {
      for (const key of Object.keys(request.conditions)) seen.add(key);
      return evaluate(request, { identityPolicies: [policy], resourcePolicies: [] });
    },
  });
});

beforeEach(async () => {
  usePolicy();
  const put = new PutObjectCommand({ Bucket, Key, Body: 'a', Tagging: 'state=new' });
  ({ VersionId = '' } = await s3.client.send(put));
});

afterAll(() => s3[Symbol.asyncDispose]());

/** Whether policies let a request pass; S3 may have other reasons to refuse it. */
const isAllowed = (send: Send): Promise<boolean> =>
  send(s3, VersionId).then(
    () => true,
    (cause: unknown) => {
      if (!(cause instanceof Error)) throw cause;
      return cause.name !== 'AccessDenied';
    },
  );

describe('a condition', () => {
  it.each(conditionRows)(
    'on %s, %s %s and not %s, decides real requests',
    async (key, operator, value, other, send) => {
      const denyWhere = (expected: string) =>
        usePolicy(deny({ ...everything, Condition: { [operator]: { [key]: expected } } }));

      expect(await isAllowed(send)).toBe(true);
      denyWhere(other);
      expect(await isAllowed(send)).toBe(true);
      denyWhere(value);
      expect(await isAllowed(send)).toBe(false);
    },
  );
});

describe('the keys of requests to S3', () => {
  const tried = new Set(conditionRows.map(([key]) => groupOfKey(key)?.keys));

  it('are told by real requests, those of buckets that are made aside', () => {
    const keys = new Set(conditionRows.map(([key]) => key.toLowerCase().replace(/\/.*$/, '/')));
    const untried = keyGroups
      .filter(({ class: keyClass, why }) => keyClass === 'given' && !why.includes('make a bucket'))
      .flatMap((group) => group.keys.split(' '))
      .filter((key) => key.startsWith('s3:') && !keys.has(key.toLowerCase()));
    expect(tried.has(undefined)).toBe(false);
    expect(untried).toEqual([]);
  });

  it('are all in the table, as given', () => {
    expect([...seen].filter((key) => groupOfKey(key)?.class !== 'given')).toEqual([]);
    expect(seen.size).toBeGreaterThan(30);
  });
});
