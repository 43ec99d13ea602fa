import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod/mini';
import { Refusal } from '../refusal.ts';
import type { Tags } from '../store/object-version.ts';
import { checkTags, objectTagLimit, type TagLimit } from '../tagging.ts';
import { element, xmlDocument } from '../xml.ts';
import { parseXml } from '../xml-document.ts';

const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => name === 'Tag',
});

const Tag = z.object({ Key: z.string(), Value: z.string() });

const Space = z.string().check(z.regex(/^\s*$/));

/** An element with nothing in it is read as text. What is no tag must not pass for no tags. */
const Tagging = z.object({
  Tagging: z.object({
    TagSet: z.union([z.strictObject({ Tag: z.array(Tag), '#text': z.optional(Space) }), Space]),
  }),
});

/** `<Tagging><TagSet><Tag><Key/><Value/></Tag>…`; document types are refused, so no entity can be declared. */
export function parseTaggingDocument(document: string, limit: TagLimit = objectTagLimit): Tags | Refusal {
  const xml = parseXml(document, parser);
  if (xml instanceof Refusal) return xml;
  const parsed = Tagging.safeParse(xml);
  if (!parsed.success) return new Refusal('MalformedXML');
  const { TagSet } = parsed.data.Tagging;
  const tags = typeof TagSet === 'string' ? [] : TagSet.Tag.map(({ Key, Value }) => [Key, Value] as const);
  return checkTags(tags, limit);
}

export const taggingDocument = (tags: Tags): string =>
  xmlDocument(
    'Tagging',
    element(
      'TagSet',
      ...Object.entries(tags).map(([key, value]) => element('Tag', element('Key', key), element('Value', value))),
    ),
  );
