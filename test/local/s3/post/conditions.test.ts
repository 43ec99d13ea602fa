import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPolicy } from '../../../../local/s3/post/conditions.ts';
import { parsePolicy } from '../../../../local/s3/post/policy.ts';
import { Refusal } from '../../../../local/s3/refusal.ts';

const now = new Date('2026-01-01T00:00:00Z');

function check(conditions: readonly unknown[], form: Readonly<Record<string, string>>) {
  const text = JSON.stringify({ expiration: now.toISOString(), conditions });
  const policy = parsePolicy(Buffer.from(text).toString('base64'));
  if (policy instanceof Refusal) throw new Error(policy.message);
  return checkPolicy(
    policy,
    new Map(Object.entries(form).map(([name, value]) => [name.toLowerCase(), { name, value }])),
    now,
  );
}

const failed = (condition: string) => ({
  code: 'AccessDenied',
  message: `Invalid according to Policy: Policy Condition failed: ${condition}`,
});
const free = { sizeBytesMin: 0, sizeBytesMax: Number.POSITIVE_INFINITY };

describe('conditions of a POST policy', () => {
  it.each<[string, readonly unknown[], Record<string, string>, object]>([
    ['an object', [{ acl: 'private' }], { acl: 'private' }, free],
    ['an object that fails', [{ acl: 'private' }], { acl: 'p' }, failed('["eq", "$acl", "private"]')],
    ['eq', [['eq', '$key', 'a/b']], { key: 'a/b' }, free],
    ['eq that fails', [['eq', '$key', 'a']], { key: 'a/b' }, failed('["eq", "$key", "a"]')],
    ['eq of another case', [['eq', '$key', 'a']], { key: 'A' }, failed('["eq", "$key", "a"]')],
    ['eq without $', [['eq', 'key', 'a']], { key: 'a' }, failed('["eq", "key", "a"]')],
    ['eq of an absent field', [{ acl: '' }], {}, failed('["eq", "$acl", ""]')],
    ['names and operators of any case', [['StArTs-WiTh', '$KeY', 'a'], { ACL: 'p' }], { Key: 'ab', acl: 'p' }, free],
    ['starts-with', [['starts-with', '$key', 'a/']], { key: 'a/b' }, free],
    [
      'starts-with that fails',
      [['starts-with', '$key', 'a/']],
      { key: 'A/b' },
      failed('["starts-with", "$key", "a/"]'),
    ],
    ['starts-with nothing', [['starts-with', '$x-amz-meta-a', '']], { 'x-amz-meta-a': 'any' }, free],
    ['starts-with nothing, absent', [['starts-with', '$a', '']], {}, failed('["starts-with", "$a", ""]')],
    ['a list of types', [['starts-with', '$Content-Type', 'image/']], { 'Content-Type': 'image/a, image/b' }, free],
    [
      'a list with another type',
      [['starts-with', '$Content-Type', 'image/']],
      { 'content-type': 'image/a,text/html' },
      failed('["starts-with", "$Content-Type", "image/"]'),
    ],
    ['a range', [['content-length-range', 5, 10]], {}, { sizeBytesMin: 5, sizeBytesMax: 10 }],
    ['a range in text', [['content-length-range', '5', '10']], {}, { sizeBytesMin: 5, sizeBytesMax: 10 }],
    [
      'the narrowest of ranges',
      [
        ['content-length-range', 1, 10],
        ['content-length-range', 0, 7],
      ],
      {},
      { sizeBytesMin: 1, sizeBytesMax: 7 },
    ],
    ['a range of words', [['content-length-range', 'a', '1']], {}, failed('["content-length-range", "a", "1"]')],
    ['quotes', [{ a: '"' }], { a: 'b' }, failed('["eq", "$a", "\\""]')],
    ['exempt fields', [], { policy: 'p', 'X-Amz-Signature': 's', 'X-Ignore-Me': 'i' }, free],
    [
      'fields without a condition',
      [['content-length-range', 0, 1]],
      { Key: 'k', 'x-amz-date': 'd' },
      { code: 'AccessDenied', message: 'Invalid according to Policy: Extra input fields: Key, x-amz-date' },
    ],
  ])('%s', (_, conditions, form, expected) => {
    expect(check(conditions, form)).toMatchObject(expected);
  });
});

/** Names that mean something to objects, to forms, or to JavaScript. */
const fieldName = fc.oneof(
  fc.constantFrom('key', 'acl', 'x-amz-meta-a', '__proto__', 'constructor', 'bucket'),
  fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/),
);
const form = fc.dictionary(fieldName, fc.string({ unit: 'grapheme' }), { minKeys: 1, maxKeys: 6 });
const isCovered = (name: string) => name !== 'policy' && name !== 'file' && !name.startsWith('x-ignore-');

describe('any form', () => {
  it('passes the policy made of it, by eq or by any prefix of a value', () => {
    fc.assert(
      fc.property(form, fc.nat(20), (fields, length) => {
        const eq = Object.entries(fields).map(([name, value]) => ['eq', `$${name}`, value]);
        const prefix = Object.entries(fields).map(([name, value]) => [
          'starts-with',
          `$${name}`,
          value.slice(0, length),
        ]);
        expect(check(eq, fields)).toEqual(free);
        expect(check(prefix, fields)).toEqual(free);
      }),
    );
  });

  it('is refused where one value, one prefix or one name differs', () => {
    fc.assert(
      fc.property(form, fc.nat(), fc.string({ minLength: 1 }), (fields, index, more) => {
        const names = Object.keys(fields);
        const name = names[index % names.length] ?? '';
        const value = fields[name] ?? '';
        const entries = Object.entries(fields).map(([n, v]) => ['eq', `$${n}`, v]);
        expect(check(entries, { ...fields, [name]: value + more })).toMatchObject({ code: 'AccessDenied' });
        expect(check([['starts-with', `$${name}`, value + more]], fields)).toMatchObject({ code: 'AccessDenied' });
        const others = entries.filter(([, n]) => n !== `$${name}`);
        if (isCovered(name)) {
          expect(check(others, fields)).toMatchObject({
            message: `Invalid according to Policy: Extra input fields: ${name}`,
          });
        }
      }),
    );
  });
});
