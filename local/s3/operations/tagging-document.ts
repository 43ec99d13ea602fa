import { XMLParser, XMLValidator } from 'fast-xml-parser';
import * as z from 'zod/mini';
import { Refusal } from '../refusal.ts';
import type { Tags } from '../store/object-version.ts';
import { checkTags } from '../tagging.ts';
import { element, xmlDocument } from '../xml.ts';

const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => name === 'Tag',
});

const Tag = z.object({ Key: z.string(), Value: z.string() });

/** An element with nothing in it is read as text. */
const Tagging = z.object({
  Tagging: z.object({
    TagSet: z.union([z.object({ Tag: z._default(z.array(Tag), []) }), z.string()]),
  }),
});

/** `<Tagging><TagSet><Tag><Key/><Value/></Tag>…`; document types are refused, so no entity can be declared. */
export function parseTaggingDocument(document: string): Tags | Refusal {
  if (document.includes('<!') || XMLValidator.validate(document) !== true) return new Refusal('MalformedXML');
  const parsed = Tagging.safeParse(parser.parse(document));
  if (!parsed.success) return new Refusal('MalformedXML');
  const { TagSet } = parsed.data.Tagging;
  return checkTags(typeof TagSet === 'string' ? [] : TagSet.Tag.map(({ Key, Value }) => [Key, Value] as const));
}

export const taggingDocument = (tags: Tags): string =>
  xmlDocument(
    'Tagging',
    element(
      'TagSet',
      ...Object.entries(tags).map(([key, value]) => element('Tag', element('Key', key), element('Value', value))),
    ),
  );
