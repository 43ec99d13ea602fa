import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { limits } from '../../../contract/limits.ts';
import { Metadata, MetadataPatch } from '../../../contract/schemas/metadata.ts';
import type { Caller } from '../../../lambdas/domain/document.ts';
import { changedFields, metadataErrors, metadataOf, patchMetadata } from '../../../lambdas/domain/metadata.ts';
import { defaultProfile } from '../../../profiles/default.ts';

const patient: Caller = { tenantId: 'north-clinic', subjectId: 'p1', roles: ['patient'] };
const staff: Caller = { ...patient, roles: ['staff'] };
const full: Metadata = {
  category: 'reports',
  subject: { type: 'patient', id: 'p1' },
  title: 'Résumé 病历 🩺',
  description: 'two\nlines',
  documentDate: '2026-02-28',
  tags: ['a', 'ü'],
  attributes: { total: 12.5, isFinal: true, by: 'x' },
};

const isTaken = (metadata: object): boolean => {
  const [declared, patched] = [Metadata, MetadataPatch].map((schema) => z.safeParse(schema, metadata).success);
  expect(patched, 'a patch takes what a declaration takes').toBe(declared);
  return declared === true;
};

describe('the schema of metadata', () => {
  it('takes all fields, in any language', () => expect(z.parse(Metadata, full)).toEqual(full));

  it.each<[string, object]>([
    ['a title of one character too many', { title: 'x'.repeat(limits.titleLengthMax + 1) }],
    ['an empty title', { title: '' }],
    ['a title of two lines', { title: 'a\nb' }],
    ['a description that is too long', { description: 'x'.repeat(limits.descriptionLengthMax + 1) }],
    ['a day that does not exist', { documentDate: '2026-02-29' }],
    ['a time for a day', { documentDate: '2026-02-28T10:00:00Z' }],
    ['a tag twice', { tags: ['a', 'a'] }],
    ['too many tags', { tags: Array.from({ length: limits.tagsMax + 1 }, (_, index) => `t${index}`) }],
    ['a tag that is too long', { tags: ['x'.repeat(limits.tagLengthMax + 1)] }],
    ['an attribute that is an object', { attributes: { a: {} } }],
    ['an attribute that is not exact', { attributes: { a: 2 ** 53 } }],
    ['an attribute closer to 0 than the table keeps numbers', { attributes: { a: -1e-131 } }],
    ['an attribute that is no number', { attributes: { a: Number.NaN } }],
    ['an attribute that is too long', { attributes: { a: 'x'.repeat(limits.attributeLengthMax + 1) } }],
    ['a name that is none', { attributes: { 'a b': 1 } }],
    [
      'too many attributes',
      { attributes: Object.fromEntries(Array.from({ length: limits.attributesMax + 1 }, (_, i) => [`a${i}`, i])) },
    ],
    ['a subject without an id', { subject: { type: 'patient' } }],
    ['an id that climbs', { subject: { type: 'patient', id: '../x' } }],
    ['an id with a separator', { subject: { type: 'patient', id: 'a#b' } }],
    ['a category with a blank', { category: 'lab result' }],
    ['what it does not know', { colour: 'blue' }],
  ])('refuses %s', (_what, metadata) => expect(isTaken(metadata)).toBe(false));

  it.each<[unknown]>([[{}], [[]], [2 ** 53], [1e-131], [Number.NaN], ['x'.repeat(limits.attributeLengthMax + 1)]])(
    'says of the attribute %j what one may be',
    (value) => {
      for (const schema of [Metadata, MetadataPatch])
        expect(z.safeParse(schema, { attributes: { a: value } }).error?.issues).toEqual([
          expect.objectContaining({ path: ['attributes', 'a'], message: expect.stringMatching(/^An attribute is/) }),
        ]);
    },
  );

  it('keeps no prototype; the parser of bodies refuses one before', () => {
    const { attributes } = z.parse(Metadata, JSON.parse('{"attributes": {"__proto__": 1, "a": 2}}'));
    expect(Object.keys(attributes ?? {})).toEqual(['a']);
    expect(Object.getPrototypeOf(attributes)).toBe(Object.prototype);
  });

  it('takes each field at its bound', () => {
    expect(
      isTaken({
        title: '🩺'.repeat(limits.titleLengthMax / 2),
        description: 'x'.repeat(limits.descriptionLengthMax),
        tags: Array.from({ length: limits.tagsMax }, (_, index) => `${index}`.padStart(limits.tagLengthMax, 'x')),
        attributes: Object.fromEntries(
          Array.from({ length: limits.attributesMax }, (_, i) => [`a${i}`, 'x'.repeat(limits.attributeLengthMax)]),
        ),
        subject: { type: 'p'.repeat(64), id: 'x'.repeat(128) },
      }),
    ).toBe(true);
  });
});

describe('the profile', () => {
  const pointers = (metadata: Metadata | undefined, profile = defaultProfile, caller = staff) =>
    metadataErrors(metadata, profile, caller).map(({ pointer }) => pointer);

  it('takes what it knows', () => {
    expect(pointers(full)).toEqual([]);
    expect(pointers(undefined)).toEqual([]);
  });

  it('names what it does not know and what is missing', () => {
    expect(pointers({ category: 'holiday', subject: { type: 'dog', id: 'rex' } })).toEqual([
      '/category',
      '/subject/type',
    ]);
    expect(
      pointers({ category: 'reports' }, { ...defaultProfile, categories: [], requiredMetadata: ['title'] }),
    ).toEqual(['/title', '/category']);
  });

  it('says in the sentence itself what is missing, which pages show without the pointer', () => {
    const profile = { ...defaultProfile, requiredMetadata: ['subject' as const] };
    expect(metadataErrors(undefined, profile, staff)).toEqual([
      { pointer: '/subject', detail: 'Give the subject: it is required here.' },
    ]);
  });

  it('lets patients speak of themselves only', () => {
    expect(pointers(full, defaultProfile, patient)).toEqual([]);
    expect(pointers({ subject: { type: 'patient', id: 'p2' } }, defaultProfile, patient)).toEqual(['/subject']);
    expect(pointers({ subject: { type: 'case', id: 'p1' } }, defaultProfile, patient)).toEqual(['/subject']);
  });
});

describe('a patch', () => {
  it('sets, takes away and leaves, attributes by name', () => {
    const patched = patchMetadata(full, { title: null, tags: ['b'], attributes: { total: null, more: 'y' } });
    const { title: _title, ...rest } = full;
    expect(patched).toEqual({ ...rest, tags: ['b'], attributes: { isFinal: true, by: 'x', more: 'y' } });
  });

  it('that takes everything away leaves nothing', () => {
    expect(
      patchMetadata({ title: 'a', attributes: { x: 1 } }, { title: null, attributes: { x: null } }),
    ).toBeUndefined();
    expect(patchMetadata({ attributes: { x: 1 } }, { attributes: null })).toBeUndefined();
  });

  it('that says what is said already changes no field, in whatever order', () => {
    expect(changedFields(full, patchMetadata(full, { attributes: { by: 'x', isFinal: true } }))).toEqual([]);
    expect(changedFields(full, { ...full, attributes: { by: 'x', isFinal: true, total: 12.5 } })).toEqual([]);
    expect(changedFields(full, { ...full, tags: ['ü', 'a'] })).toEqual(['tags']);
  });

  it('is an algebra: what a patch made, it makes again; nothing changes nothing', () => {
    const text = fc.string({ minLength: 1, maxLength: 5, unit: 'grapheme-ascii' });
    const attributes = fc.dictionary(fc.stringMatching(/^[a-z]{1,2}$/), fc.option(text), { maxKeys: 4 });
    const patch = fc.record(
      {
        title: fc.option(text),
        tags: fc.option(fc.uniqueArray(text, { maxLength: 3 })),
        attributes: fc.option(attributes),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(patch, patch, (first, second) => {
        const [one, two] = [z.parse(MetadataPatch, first), z.parse(MetadataPatch, second)];
        const before = patchMetadata(undefined, one);
        const after = patchMetadata(before, two);
        expect(patchMetadata(after, two)).toEqual(after);
        expect(patchMetadata(after, {})).toEqual(after);
        expect(JSON.stringify(after ?? {})).not.toContain('null');
      }),
    );
  });
});

it('text without a UTF-8 form is made to have one, at every depth', () => {
  expect(metadataOf({ title: 'a\ud800', tags: ['\udc00'], attributes: { x: '\ud800' }, other: 1 })).toEqual({
    title: 'a\ufffd',
    tags: ['\ufffd'],
    attributes: { x: '\ufffd' },
  });
});
