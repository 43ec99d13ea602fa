const opaqueTag = '"[!#-~\\x80-\\xff]*"';

/** `1#entity-tag`, with the empty elements that a recipient has to put up with (RFC 9110 sections 5.6.1.2 and 8.8.3). */
const listOfTags = new RegExp(`^[\\t ,]*(?:(?:W/)?${opaqueTag}[\\t ]*(?:,[\\t ,]*|$))+$`);

/** The tags of a list as they came, none of a header that is malformed. */
const tagsIn = (value: string): readonly string[] =>
  listOfTags.test(value) ? [...value.matchAll(new RegExp(`(?:W/)?${opaqueTag}`, 'g'))].map(([tag]) => tag) : [];

const opaqueOf = (tag: string): string => tag.replace(/^W\//, '');

/**
 * Whether `If-None-Match` holds the tag, so that the client has what it asks for (RFC 9110 section 13.1.2). Tags are
 * compared weakly. A header that is malformed is no condition: the whole answer is never wrong.
 */
export const holdsTag = (ifNoneMatch: string | undefined, entityTag: string): boolean => {
  const value = ifNoneMatch?.trim();
  if (value === undefined || value === '') return false;
  return value === '*' || tagsIn(value).some((tag) => opaqueOf(tag) === opaqueOf(entityTag));
};

/**
 * Whether `If-Match` holds the tag (RFC 9110 section 13.1.1). Tags are compared strongly: a weak one never matches. A
 * header that is malformed holds nothing: a change is refused rather than made over something unseen.
 */
export const matchesTag = (ifMatch: string, entityTag: string): boolean =>
  ifMatch.trim() === '*' || tagsIn(ifMatch.trim()).includes(entityTag);
