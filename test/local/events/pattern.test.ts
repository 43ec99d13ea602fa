import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../local/events/pattern.ts';
import { TemplateError } from '../../../local/template/errors.ts';
import type { Json, JsonObject } from '../../../local/template/json.ts';

const matches = (pattern: JsonObject, event: JsonObject): boolean => compilePattern(pattern, 'rule')(event);
const fits = (matcher: Json, value: Json): boolean => matches({ field: [matcher] }, { field: value });

describe('a pattern', () => {
  it('asks for every field it names, at any depth, and for no other', () => {
    const pattern = { source: ['a', 'b'], detail: { object: { bucket: ['documents'] } } };
    const event = { source: 'b', other: 1, detail: { object: { bucket: 'documents', key: 'k' } } };

    expect(matches(pattern, event)).toBe(true);
    expect(matches(pattern, { ...event, source: 'c' })).toBe(false);
    expect(matches(pattern, { ...event, detail: { object: { bucket: 'trail' } } })).toBe(false);
    expect(matches(pattern, { ...event, detail: { bucket: 'documents' } })).toBe(false);
    expect(matches(pattern, { source: 'b' })).toBe(false);
  });

  it.each<[string, Json, Json, boolean]>([
    ['a text', 'a', 'a', true],
    ['another case of a text', 'a', 'A', false],
    ['a number', 1, 1, true],
    ['a number written as a text', 1, '1', false],
    ['null', null, null, true],
    ['null for false', null, false, false],
    ['true', true, true, true],
    ['one of a list in the event', 'b', ['a', 'b'], true],
    ['none of a list in the event', 'c', ['a', 'b'], false],
    ['a prefix', { prefix: 'doc' }, 'documents', true],
    ['not a prefix', { prefix: 'ocu' }, 'documents', false],
    ['a suffix', { suffix: '.pdf' }, 'a.pdf', true],
    ['not a suffix', { suffix: '.pdf' }, 'a.pdf.exe', false],
    ['a prefix of what is no text', { prefix: '1' }, 1, false],
    ['any case', { 'equals-ignore-case': 'Alice' }, 'aLICE', true],
    ['anything but a value', { 'anything-but': 'a' }, 'b', true],
    ['the value itself', { 'anything-but': 'a' }, 'a', false],
    ['anything but several', { 'anything-but': [1, 2] }, 2, false],
    ['anything but a prefix', { 'anything-but': { prefix: 'aws.' } }, 'aws.s3', false],
    ['anything but a suffix', { 'anything-but': { suffix: '.pdf' } }, 'a.png', true],
    ['a range with its upper end', { numeric: ['>', 0, '<=', 5] }, 5, true],
    ['a range without its lower end', { numeric: ['>', 0, '<=', 5] }, 0, false],
    ['a number that is equal', { numeric: ['=', 3] }, 3, true],
    ['a text where a number is asked for', { numeric: ['>=', 0] }, '1', false],
    ['what is there', { exists: true }, false, true],
    ['what is there as an object only', { exists: true }, { a: 1 }, false],
    ['what is not there', { exists: false }, 'a', false],
  ])('asks for %s', (_, matcher, value, expected) => {
    expect(fits(matcher, value)).toBe(expected);
  });

  it('asks for what is missing, below what is missing too, and for anything but a value of what is there only', () => {
    expect(matches({ a: { b: [{ exists: false }] } }, {})).toBe(true);
    expect(matches({ a: [{ exists: true }] }, {})).toBe(false);
    expect(matches({ a: [{ 'anything-but': 'x' }] }, {})).toBe(false);
  });

  it('asks of a list of objects that one fits as a whole', () => {
    const pattern = { threats: { name: ['EICAR'], level: ['high'] } };

    expect(matches(pattern, { threats: [{ name: 'a' }, { name: 'EICAR', level: 'high' }] })).toBe(true);
    expect(matches(pattern, { threats: [{ name: 'EICAR' }, { level: 'high' }] })).toBe(false);
    expect(matches({ threats: { name: [{ exists: false }] } }, { threats: [] })).toBe(true);
  });

  it('knows no fields that are not the event’s own', () => {
    expect(matches({ constructor: [{ exists: true }] }, {})).toBe(false);
    expect(matches({ a: { length: [1] } }, { a: 'x' })).toBe(false);
  });

  it.each<[string, JsonObject]>([
    ['no field', {}],
    ['an empty list', { a: [] }],
    ['a bare value', { a: 'x' }],
    ['a wildcard', { a: [{ wildcard: '*' }] }],
    ['an address range', { a: [{ cidr: '10.0.0.0/8' }] }],
    ['an alternative', { $or: [{ a: ['x'] }] }],
    ['two operators at once', { a: [{ prefix: 'x', suffix: 'y' }] }],
    ['a prefix of any case', { a: [{ prefix: { 'equals-ignore-case': 'x' } }] }],
    ['an unknown comparison', { a: [{ numeric: ['!=', 1] }] }],
    ['a comparison without a number', { a: [{ numeric: ['<'] }] }],
    ['a number beyond the limit', { a: [{ numeric: ['<', 5_000_000_001] }] }],
    ['anything but nothing', { a: [{ 'anything-but': [] }] }],
    ['anything but anything but', { a: [{ 'anything-but': { 'anything-but': 'x' } }] }],
    ['an existence that is no boolean', { a: [{ exists: 'yes' }] }],
    ['a list in a list', { a: [['x']] }],
  ])('with %s stops the start', (_, pattern) => {
    expect(() => compilePattern(pattern, 'rule')).toThrow(TemplateError);
  });
});

describe('patterns as such', () => {
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const name = fc.string({ minLength: 1 }).filter((text) => text !== '$or');
  const { event } = fc.letrec<{ event: JsonObject; value: Json }>((tie) => ({
    value: fc.oneof({ maxDepth: 3, withCrossShrink: true }, leaf, tie('event')),
    event: fc.dictionary(name, tie('value'), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
  }));
  const exactly = (value: Json): Json =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, exactly(inner)]))
      : [value];

  it('made of an event fit it, and what it is a part of', () => {
    fc.assert(
      fc.property(event, fc.dictionary(name, leaf), (given, more) => {
        const pattern = exactly(given) as JsonObject;
        expect(matches(pattern, given)).toBe(true);
        expect(matches(pattern, { ...more, ...given })).toBe(true);
        expect(matches({ outer: pattern }, { outer: [{ nothing: 1 }, given] })).toBe(true);
      }),
    );
  });

  it('do not fit an event of which any one field is another', () => {
    fc.assert(
      fc.property(event, fc.nat(), (given, nth) => {
        const pattern = exactly(given) as JsonObject;
        const [changed] = Object.keys(given).slice(nth % Object.keys(given).length);
        const { [changed ?? '']: _gone, ...rest } = given;
        expect(matches(pattern, rest)).toBe(false);
      }),
    );
  });

  it('say with anything-but the opposite of the same list', () => {
    const word = fc.oneof(fc.string(), fc.integer());
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), word, (list, value) => {
        expect(fits({ 'anything-but': list }, value)).toBe(!matches({ field: list }, { field: value }));
      }),
    );
  });

  it('cut a text into prefix and suffix', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (begin, end) => {
        expect(fits({ prefix: begin }, begin + end)).toBe(true);
        expect(fits({ suffix: end }, begin + end)).toBe(true);
        expect(fits({ 'anything-but': { prefix: begin } }, begin + end)).toBe(false);
      }),
    );
  });
});
