import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod/mini';
import { Refusal } from '../refusal.ts';
import { parseXml } from '../xml-document.ts';

/** "The request can contain a list of up to 1,000 keys that you want to delete." */
const objectsMax = 1000;

const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  // Keys hold characters that XML can only write as references.
  htmlEntities: true,
  isArray: (name) => name === 'Object',
});

const ObjectIdentifier = z.object({
  Key: z.string().check(z.minLength(1)),
  VersionId: z.optional(z.string()),
  ETag: z.optional(z.string()),
  LastModifiedTime: z.optional(z.string()),
  Size: z.optional(z.string()),
});

const Document = z.object({
  Delete: z.object({
    Object: z.array(ObjectIdentifier).check(z.minLength(1), z.maxLength(objectsMax)),
    Quiet: z.optional(z.enum(['true', 'false'])),
  }),
});

export type ObjectIdentifier = z.infer<typeof ObjectIdentifier>;

export interface DeleteRequest {
  readonly objects: readonly ObjectIdentifier[];
  readonly isQuiet: boolean;
}

/** `<Delete><Object><Key/><VersionId/></Object>…<Quiet/></Delete>`; document types are refused. */
export function parseDeleteDocument(document: string): DeleteRequest | Refusal {
  const xml = parseXml(document, parser);
  if (xml instanceof Refusal) return xml;
  const parsed = Document.safeParse(xml);
  if (!parsed.success) return new Refusal('MalformedXML');
  const { Object: objects, Quiet } = parsed.data.Delete;
  return { objects, isQuiet: Quiet === 'true' };
}
