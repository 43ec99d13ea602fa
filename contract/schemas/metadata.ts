import * as z from 'zod/mini';
import { limits } from '../limits.ts';
import { unlessObject } from './fields.ts';

/** Text of one line that people wrote, any language: no control characters, which no list or header shows. */
export const line = (name: string, lengthMax: number) =>
  z
    .string({ error: `Give ${name} as text.` })
    .check(
      z.minLength(1, { error: `Give ${name}, or leave the field out; it is empty.` }),
      z.maxLength(lengthMax, { error: `Shorten ${name} to at most ${lengthMax} characters.` }),
      z.regex(/^\P{Cc}*$/u, { error: `Take line breaks and control characters out of ${name}.` }),
    );

const word = (what: string) =>
  z.string({ error: `Give ${what} as text.` }).check(
    z.regex(/^[a-z][a-z0-9_-]{0,63}$/, {
      error: `${what.replace(/^./, (first) => first.toUpperCase())} is 1 to 64 of a-z, 0-9, _ and -, and begins with a letter.`,
    }),
  );

/** One of the profile's; which there are `GET /v1/settings` says. */
export const Category = word('a category');

export const SubjectType = word('the type of a subject');

/** Opaque; part of a path, so of what needs no escaping there (RFC 3986 section 3.3, less what separates). */
export const SubjectId = z.string({ error: 'Give the id of the subject as text.' }).check(
  z.regex(/^[A-Za-z0-9][A-Za-z0-9._~:@-]{0,127}$/, {
    error: 'The id of a subject is 1 to 128 of A-Z, a-z, 0-9 and . _ ~ : @ -, and begins with a letter or digit.',
  }),
);

/** The record that a document is about: a patient, a clinician, a case, anything the profile knows. */
export const Subject = z.strictObject(
  { type: SubjectType, id: SubjectId },
  unlessObject('Give a subject as {"type": …, "id": …}.'),
);

export type Subject = z.infer<typeof Subject>;

const Description = z.string({ error: 'Give the description as text.' }).check(
  z.minLength(1, { error: 'Give a description, or leave the field out; it is empty.' }),
  z.maxLength(limits.descriptionLengthMax, {
    error: `Shorten the description to at most ${limits.descriptionLengthMax} characters.`,
  }),
);

/** RFC 3339 full-date: the day a document speaks of, not that of its upload. */
export const DocumentDate = z.iso.date({ error: 'A date is YYYY-MM-DD and a day that exists.' });

export const Tag = line('a tag', limits.tagLengthMax);

const Tags = z.array(Tag, { error: 'Give tags as a list of texts.' }).check(
  z.maxLength(limits.tagsMax, { error: `Give at most ${limits.tagsMax} tags.` }),
  z.refine((tags) => new Set(tags).size === tags.length, { error: 'Give each tag once.' }),
);

const AttributeName = z.string().check(
  z.regex(/^[a-z][A-Za-z0-9_.-]{0,63}$/, {
    error: 'The name of an attribute is 1 to 64 of A-Z, a-z, 0-9 and _ . -, and begins with a small letter.',
  }),
);

/** What DynamoDB keeps closest to 0 (Developer Guide, "Supported data types", Number); it refuses what is closer. */
const magnitudeMin = 1e-130;

/** Of JSON, those that are not too large to be exact and that the table keeps without loss. */
const isKept = (value: number): boolean =>
  value === 0 || (Math.abs(value) >= magnitudeMin && Math.abs(value) <= Number.MAX_SAFE_INTEGER);

/** Said by the checks too: of a value that fails nothing but a check, a union tells what the check says. */
const error = `An attribute is a text of at most ${limits.attributeLengthMax} characters, a number up to ±(2^53 - 1) and not closer to 0 than ${magnitudeMin}, or true or false.`;

const AttributeValue = z.union(
  [
    z.string().check(z.maxLength(limits.attributeLengthMax, { error })),
    z.number().check(z.refine(isKept, { error })),
    z.boolean(),
  ],
  { error },
);

/** Of those in one request, and of those that a document has in the end. */
export const tooManyAttributes = `Give at most ${limits.attributesMax} attributes.`;

const attributes = <Value extends z.ZodMiniType>(value: Value) =>
  z.record(AttributeName, value, { error: 'Give attributes as an object of texts, numbers and truth values.' }).check(
    z.refine((entries) => Object.keys(entries as object).length <= limits.attributesMax, {
      error: tooManyAttributes,
    }),
  );

const fields = {
  category: Category,
  subject: Subject,
  title: line('the title', limits.titleLengthMax),
  description: Description,
  documentDate: DocumentDate,
  tags: Tags,
};

/**
 * What a document is about, as its uploader says. Which fields must be there, and which categories and types of
 * subjects there are, is the profile's decision.
 */
export const metadataShape = {
  category: z.optional(fields.category),
  subject: z.optional(fields.subject),
  title: z.optional(fields.title),
  description: z.optional(fields.description),
  documentDate: z.optional(fields.documentDate),
  tags: z.optional(fields.tags),
  attributes: z.optional(attributes(AttributeValue)),
};

export const Metadata = z.strictObject(metadataShape);

export type Metadata = z.infer<typeof Metadata>;

/** `metadataRevision` is not here: it is counted, not given. */
export const metadataFields = Object.keys(metadataShape) as [MetadataField, ...MetadataField[]];

export type MetadataField = keyof typeof metadataShape;

const patched = <Value extends z.ZodMiniType>(value: Value) => z.optional(z.nullable(value));

/** JSON Merge Patch (RFC 7396): what is named is set, `null` takes away, what is left out stays; attributes by name. */
export const MetadataPatch = z.strictObject(
  {
    category: patched(fields.category),
    subject: patched(fields.subject),
    title: patched(fields.title),
    description: patched(fields.description),
    documentDate: patched(fields.documentDate),
    tags: patched(fields.tags),
    attributes: patched(attributes(z.nullable(AttributeValue))),
  },
  unlessObject('Send a JSON object.'),
);

export type MetadataPatch = z.infer<typeof MetadataPatch>;
