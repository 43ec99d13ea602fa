const opaqueTag = '"[!#-~\\x80-\\xff]*"';

/** `1#entity-tag`, with the empty elements that a recipient has to put up with (RFC 9110 sections 5.6.1.2 and 8.8.3). */
const listOfTags = new RegExp(`^[\\t ,]*(?:(?:W/)?${opaqueTag}[\\t ]*(?:,[\\t ,]*|$))+$`);

/**
 * Whether `If-None-Match` holds the tag, so that the client has what it asks for (RFC 9110 section 13.1.2). Tags are
 * compared weakly. A header that is malformed is no condition: the whole answer is never wrong.
 */
export const holdsTag = (ifNoneMatch: string | undefined, entityTag: string): boolean => {
  const value = ifNoneMatch?.trim();
  if (value === undefined || value === '') return false;
  if (value === '*') return true;
  return listOfTags.test(value) && [...value.matchAll(new RegExp(opaqueTag, 'g'))].some(([tag]) => tag === entityTag);
};
