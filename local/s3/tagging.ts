import { parseQuery } from './http/query.ts';
import { invalidArgument, notImplemented, Refusal } from './refusal.ts';
import type { Tags } from './store/object-version.ts';

/** "Categorizing your storage using tags" of the S3 user guide. Lengths in Unicode characters. */
const keyLengthMax = 128;
const valueLengthMax = 256;
const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const lengthOf = (text: string): number => [...text].length;

/** How many tags there may be, and how S3 says that there are more. */
export interface TagLimit {
  readonly tagsMax: number;
  readonly subject: string;
}

export const objectTagLimit: TagLimit = { tagsMax: 10, subject: 'Object tags' };
export const bucketTagLimit: TagLimit = { tagsMax: 50, subject: 'Bucket tag count' };

/** Holds a list of tags to S3's rules. */
export function checkTags(
  tags: readonly (readonly [key: string, value: string])[],
  { tagsMax, subject }: TagLimit = objectTagLimit,
): Tags | Refusal {
  if (tags.length > tagsMax) return new Refusal('BadRequest', `${subject} cannot be greater than ${tagsMax}`);
  const checked = new Map<string, string>();
  for (const [key, value] of tags) {
    if (key === '' || lengthOf(key) > keyLengthMax || !allowed.test(key)) {
      return new Refusal('InvalidTag', 'The TagKey you have provided is invalid', { TagKey: key });
    }
    if (key.startsWith('aws:')) {
      return new Refusal('InvalidTag', 'System tags cannot be added/updated by requester', { TagKey: key });
    }
    if (lengthOf(value) > valueLengthMax || !allowed.test(value)) {
      return new Refusal('InvalidTag', 'The TagValue you have provided is invalid', { TagKey: key, TagValue: value });
    }
    if (checked.has(key)) {
      return new Refusal('InvalidTag', 'Cannot provide multiple Tags with the same key', { TagKey: key });
    }
    // Names of condition keys have no case, so a policy would see only one of the two.
    if ([...checked.keys()].some((other) => other.toLowerCase() === key.toLowerCase())) {
      return notImplemented('tag keys that differ in case only', { TagKey: key });
    }
    checked.set(key, value);
  }
  return Object.fromEntries(checked);
}

/** The header `x-amz-tagging`: `key=value&key2=value2`, URL-encoded. */
export function parseTaggingHeader(header: string | undefined): Tags | Refusal {
  if (header === undefined) return {};
  const tags = parseQuery(header);
  if (tags !== undefined) return checkTags(tags);
  const message =
    "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.";
  return invalidArgument(message, 'x-amz-tagging', header);
}
