import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod/mini';
import { readDocument } from '../body/read-document.ts';
import type { Call } from '../operations/operation.ts';
import { Refusal } from '../refusal.ts';
import { parseXml } from '../xml-document.ts';

/** More than any configuration that S3 takes. */
const sizeBytesMax = 1024 * 1024;

/** How the document of one configuration is read. */
export interface DocumentFormat<Schema extends z.ZodMiniType> {
  readonly root: string;
  /** Names of elements that may come more than once; they are lists even where they come once. */
  readonly lists: readonly string[];
  readonly schema: Schema;
}

type Brought = Parameters<typeof readDocument>[0];

/** The configuration that a request brings; MalformedXML where S3's schema has no such document. */
export async function readConfiguration<Schema extends z.ZodMiniType>(
  call: Brought | Call,
  format: DocumentFormat<Schema>,
): Promise<z.output<Schema> | Refusal> {
  const document = await readDocument(call, sizeBytesMax);
  return document instanceof Refusal ? document : parseConfiguration(document, format);
}

export function parseConfiguration<Schema extends z.ZodMiniType>(
  document: string,
  { root, lists, schema }: DocumentFormat<Schema>,
): z.output<Schema> | Refusal {
  const parser = new XMLParser({
    parseTagValue: false,
    trimValues: false,
    htmlEntities: true,
    isArray: (name) => lists.includes(name),
  });
  const xml = parseXml(document, parser);
  if (xml instanceof Refusal) return xml;
  const { '?xml': _, ...roots } = z.parse(z.record(z.string(), z.unknown()), withoutSpace(xml));
  const parsed = z.strictObject({ [root]: withContent(schema) }).safeParse(roots);
  return parsed.success ? (parsed.data[root] as z.output<Schema>) : new Refusal('MalformedXML');
}

/** Spaces between elements are no content. */
function withoutSpace(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSpace);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name, text]) => name !== '#text' || String(text).trim() !== '');
  return Object.fromEntries(entries.map(([name, child]) => [name, withoutSpace(child)]));
}

/** An element with nothing in it is read as text. */
export const withContent = <Schema extends z.ZodMiniType>(schema: Schema) =>
  z.pipe(
    z.transform((value: unknown) => (typeof value === 'string' && value.trim() === '' ? {} : value)),
    schema,
  );

export const integer = z.pipe(
  z.string().check(z.regex(/^\s*-?\d{1,15}\s*$/)),
  z.transform((text) => Number(text)),
);

export const truth = z.pipe(
  z.enum(['true', 'false']),
  z.transform((text) => text === 'true'),
);
