import { limits } from '../../contract/limits.ts';
import type { Profile } from '../../contract/profile.ts';
import {
  type Metadata,
  type MetadataField,
  type MetadataPatch,
  metadataFields,
  tooManyAttributes,
} from '../../contract/schemas/metadata.ts';
import { mayBeAbout } from './access.ts';
import type { Caller } from './document.ts';
import type { FieldError } from './failure.ts';

type Fields = Metadata & Record<string, unknown>;

/** The metadata among other fields, texts well-formed: a lone surrogate has no UTF-8 form. Undefined where there is none. */
export const metadataOf = (fields: Fields): Metadata | undefined => {
  const given = metadataFields.flatMap((name) =>
    fields[name] === undefined ? [] : [[name, wellFormed(fields[name])]],
  );
  return given.length === 0 ? undefined : (Object.fromEntries(given) as Metadata);
};

const wellFormed = (value: unknown): unknown => {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, wellFormed(inner)]));
};

/** The error where a value is none of those to choose from. */
export const oneOf = (
  pointer: string,
  value: string | undefined,
  values: readonly string[],
  what: string,
): FieldError[] => {
  if (value === undefined || values.includes(value)) return [];
  const detail =
    values.length === 0 ? `Leave it out: there are no ${what} here.` : `Choose one of ${values.join(', ')}.`;
  return [{ pointer, detail }];
};

/** Counted in what comes of a patch: each of many patches may be small, and all together a record must stay so. */
const attributesErrors = ({ attributes = {} }: Metadata = {}): FieldError[] =>
  Object.keys(attributes).length <= limits.attributesMax ? [] : [{ pointer: '/attributes', detail: tooManyAttributes }];

/** How sentences call the fields: people read them at pages that show no pointers. */
const nameInSentences: Readonly<Record<MetadataField, string>> = {
  category: 'category',
  subject: 'subject',
  title: 'title',
  description: 'description',
  documentDate: 'date of the document',
  tags: 'tags',
  attributes: 'attributes',
};

/** What of a document's metadata the profile, or the caller's role, does not take. */
export const metadataErrors = (metadata: Metadata | undefined, profile: Profile, caller: Caller): FieldError[] => [
  ...profile.requiredMetadata.flatMap((name) =>
    metadata?.[name] === undefined
      ? [{ pointer: `/${name}`, detail: `Give the ${nameInSentences[name]}: it is required here.` }]
      : [],
  ),
  ...oneOf('/category', metadata?.category, profile.categories, 'categories'),
  ...oneOf('/subject/type', metadata?.subject?.type, profile.subjectTypes, 'subjects'),
  ...attributesErrors(metadata),
  ...(mayBeAbout(caller, metadata)
    ? []
    : [{ pointer: '/subject', detail: 'Leave it out, or name yourself: it must be about you.' }]),
];

/**
 * What is wrong with metadata of which these fields changed. What stayed as it was is not judged again: it may have been
 * said by somebody who may say more, or under another profile, and is not for this caller to put right.
 */
export const changeErrors = (
  metadata: Metadata | undefined,
  changed: readonly MetadataField[],
  profile: Profile,
  caller: Caller,
): FieldError[] =>
  metadataErrors(metadata, profile, caller).filter(({ pointer }) =>
    changed.some((name) => pointer.split('/')[1] === name),
  );

/** RFC 7396 over the fields there are: `null` takes away, what is left out stays, attributes are merged by name. */
export const patchMetadata = (metadata: Metadata = {}, patch: MetadataPatch): Metadata | undefined => {
  const { attributes, ...fields } = patch;
  const merged = {
    ...metadata,
    ...fields,
    ...(attributes !== undefined && { attributes: merge(metadata, attributes) }),
  };
  return metadataOf(Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)) as Fields);
};

/** Null where nothing is left: the field goes with its last attribute. */
const merge = (metadata: Metadata, patch: MetadataPatch['attributes']): Metadata['attributes'] | null => {
  const left = Object.entries({ ...metadata.attributes, ...patch }).filter(([, value]) => value !== null);
  return patch === null || left.length === 0 ? null : (Object.fromEntries(left) as Metadata['attributes']);
};

/** The fields in which two differ; the order of attributes is no difference. */
export const changedFields = (before: Metadata = {}, after: Metadata = {}): MetadataField[] =>
  metadataFields.filter((name) => canonical(before[name]) !== canonical(after[name]));

const canonical = (value: unknown): string | undefined =>
  JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
