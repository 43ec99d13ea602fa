import { describe, expect, it } from 'vitest';
import { planMalwareProtection, planOfNewObject } from '../../../local/guardduty/plan.ts';
import type { JsonObject } from '../../../local/template/json.ts';
import { link } from '../roles/support/template.ts';

const bucket: JsonObject = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'documents' } };
const role = 'arn:aws:iam::111122223333:role/scanner';

const malwareProtection = (more: JsonObject = {}, s3: JsonObject = {}): JsonObject => ({
  Type: 'AWS::GuardDuty::MalwareProtectionPlan',
  Properties: { Role: role, ProtectedResource: { S3Bucket: { BucketName: 'documents', ...s3 } }, ...more },
});

const plansOf = (Resources: JsonObject) => planMalwareProtection(link(Resources));

describe('the Malware Protection plans of a template', () => {
  it('say what is protected, in whose name, and whether verdicts are tagged', () => {
    const tagging = { Actions: { Tagging: { Status: 'ENABLED' } } };
    const [plan] = plansOf({ bucket, plan: malwareProtection(tagging, { ObjectPrefixes: ['a/', 'b/'] }) });
    expect(plan).toEqual({
      arn: expect.stringMatching(/^arn:aws:guardduty:eu-west-1:111122223333:malware-protection-plan\/[0-9a-f]{10}$/),
      bucketName: 'documents',
      prefixes: ['a/', 'b/'],
      roleArn: role,
      tags: true,
    });
    expect(plansOf({ bucket, plan: malwareProtection() })).toMatchObject([{ prefixes: [], tags: false }]);
  });

  it('are for one bucket of the template each', () => {
    expect(() => plansOf({ plan: malwareProtection() })).toThrow(/documents, which is not in the template/);
    expect(() => plansOf({ bucket, plan: malwareProtection(), other: malwareProtection() })).toThrow(/two Malware/);
  });
});

it('a new object is scanned below any of the prefixes, and everywhere where there are none', () => {
  const below = (...prefixes: string[]) =>
    plansOf({ bucket, plan: malwareProtection({}, { ObjectPrefixes: prefixes }) });
  const isScanned = (key: string, plans: ReturnType<typeof plansOf>, bucketName = 'documents') =>
    planOfNewObject(plans, { bucketName, key }) !== undefined;
  expect(['a/1', 'b/1', 'c/1', 'x/a/1'].map((key) => isScanned(key, below('a/', 'b/')))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(isScanned('c/1', below())).toBe(true);
  expect(isScanned('c/1', below(), 'other')).toBe(false);
});
