import { describe, expect, it } from 'vitest';
import { planBuckets } from '../../../../local/buckets.ts';
import type { LifecycleRule } from '../../../../local/s3/lifecycle/rule.ts';
import { checkRules } from '../../../../local/s3/lifecycle/validate.ts';
import type { JsonObject } from '../../../../local/template/json.ts';
import { linkTemplate } from '../../../../local/template/template.ts';
import { startTestS3, versioned } from '../support/server.ts';

const rule = (more: Partial<LifecycleRule>): LifecycleRule => ({
  id: 'rule',
  status: 'Enabled',
  filter: {},
  ...more,
});

const days = (count: number) => ({ expiration: { days: count } });

describe('rules that S3 would not take', () => {
  it.each<[string, readonly LifecycleRule[], string, RegExp]>([
    ['none at all', [], 'MalformedXML', /schema/],
    ['two of one name', [rule(days(1)), rule(days(2))], 'InvalidArgument', /Rule ID must be unique/],
    ['a name too long', [rule({ ...days(1), id: 'x'.repeat(256) })], 'InvalidArgument', /limit of 255/],
    ['no action', [rule({})], 'InvalidRequest', /At least one action/],
    ['zero days', [rule(days(0))], 'InvalidArgument', /'Days' for Expiration action must be a positive integer/],
    [
      'a time of day',
      [rule({ expiration: { date: new Date('2026-01-01T12:00:00Z') } })],
      'InvalidArgument',
      /midnight GMT/,
    ],
    [
      'infrequent access too early',
      [rule({ transitions: [{ days: 29, storageClass: 'STANDARD_IA' }] })],
      'InvalidArgument',
      /greater than or equal to 30 for storageClass 'STANDARD_IA'/,
    ],
    [
      'an expiration before a transition',
      [rule({ ...days(40), transitions: [{ days: 40, storageClass: 'GLACIER' }] })],
      'InvalidArgument',
      /'Days' in the Expiration action for prefix '' must be greater/,
    ],
    [
      'days together with a date',
      [rule({ ...days(40), transitions: [{ date: new Date('2026-01-01'), storageClass: 'GLACIER' }] })],
      'InvalidRequest',
      /mixed 'Date' and 'Days'/,
    ],
    [
      'aborting by tags',
      [rule({ filter: { tags: { a: '1' } }, abortIncompleteMultipartUpload: { daysAfterInitiation: 1 } })],
      'InvalidRequest',
      /AbortIncompleteMultipartUpload cannot be specified with Tags/,
    ],
    [
      'delete markers by size',
      [rule({ filter: { objectSizeLessThan: 9 }, expiration: { expiredObjectDeleteMarker: true } })],
      'InvalidRequest',
      /ExpiredObjectDeleteMarker cannot be specified with Object Size/,
    ],
    [
      'sizes that nothing has',
      [rule({ ...days(1), filter: { objectSizeGreaterThan: 9, objectSizeLessThan: 10 } })],
      'InvalidRequest',
      /greater than 'ObjectSizeGreaterThan'/,
    ],
    [
      'more versions than can be kept',
      [rule({ noncurrentVersionExpiration: { noncurrentDays: 1, newerNoncurrentVersions: 101 } })],
      'InvalidArgument',
      /between 1 and 100/,
    ],
  ])('%s', (_, rules, code, message) => {
    expect(checkRules(rules)).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('stop the start, with the name of the bucket', async () => {
    const starting = startTestS3({ buckets: [{ ...versioned, lifecycle: [rule(days(0))] }] });
    await expect(starting).rejects.toThrow(/sealdrop-test: S3 would not take its lifecycle rules: 'Days'/);
  });
});

describe('the rules of a template', () => {
  const plan = (...Rules: JsonObject[]) => {
    const Properties = { LifecycleConfiguration: { Rules } };
    const template = { Resources: { Documents: { Type: 'AWS::S3::Bucket', Properties } } };
    const stack = { stackName: 'data', account: '111122223333', region: 'eu-west-1', assets: new Map() };
    return planBuckets(linkTemplate([{ ...stack, template }]))[0]?.lifecycle;
  };

  it('become rules of the local S3, every property of them', () => {
    const [made] =
      plan({
        Id: 'all',
        Status: 'Enabled',
        Prefix: 'logs/',
        TagFilters: [{ Key: 'a', Value: '1' }],
        ObjectSizeGreaterThan: '10',
        ObjectSizeLessThan: 20,
        ExpirationInDays: 50,
        NoncurrentVersionExpiration: { NoncurrentDays: 3, NewerNoncurrentVersions: 2 },
        Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 1 }],
        NoncurrentVersionTransitions: [{ StorageClass: 'DEEP_ARCHIVE', TransitionInDays: 2 }],
      }) ?? [];
    expect(made).toEqual({
      id: 'all',
      status: 'Enabled',
      filter: { prefix: 'logs/', tags: { a: '1' }, objectSizeGreaterThan: 10, objectSizeLessThan: 20 },
      expiration: { days: 50 },
      noncurrentVersionExpiration: { noncurrentDays: 3, newerNoncurrentVersions: 2 },
      transitions: [{ days: 1, storageClass: 'GLACIER' }],
      noncurrentVersionTransitions: [{ noncurrentDays: 2, storageClass: 'DEEP_ARCHIVE' }],
    });
    expect(made && checkRules([made])).toBeUndefined();
  });

  it('may be without a name, and have dates', () => {
    expect(plan({ Status: 'Disabled', ExpirationDate: '2027-01-01T00:00:00Z' })).toEqual([
      { id: 'rule-1', status: 'Disabled', filter: {}, expiration: { date: new Date('2027-01-01') } },
    ]);
  });

  it.each<[JsonObject, RegExp]>([
    [{ Status: 'Enabled', ExpirationInDays: 1, Frequency: 2 }, /Frequency/],
    [{ Status: 'Enabled', NoncurrentVersionExpirationInDays: 1 }, /NoncurrentVersionExpirationInDays/],
    [{ Status: 'Enabled', ExpirationInDays: 1, ExpiredObjectDeleteMarker: true }, /may have one of ExpirationInDays/],
  ])('stop the start where they hold what this S3 does not know: %o', (made, message) => {
    expect(() => plan(made)).toThrow(message);
  });
});
