import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod/mini';
import { type Checksum, checksumAlgorithms, checksumElement } from '../../body/checksum.ts';
import { Refusal } from '../../refusal.ts';
import { parseXml } from '../../xml-document.ts';

/** A part as whoever completes the upload names it. */
export interface NamedPart {
  readonly number: number;
  /** Without quotes. */
  readonly etag: string;
  readonly checksums: readonly Checksum[];
}

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Part' });

const Part = z.looseObject({ PartNumber: z.string().check(z.regex(/^\d{1,10}$/)), ETag: z.string() });

/** "Maximum number of parts per upload: 10,000"; without any it is not of the schema. */
const Document = z.object({
  CompleteMultipartUpload: z.object({ Part: z.array(Part).check(z.minLength(1), z.maxLength(10_000)) }),
});

/** `<CompleteMultipartUpload><Part><PartNumber/><ETag/><ChecksumCRC32/>…`; document types are refused. */
export function parseCompleteDocument(document: string): readonly NamedPart[] | Refusal {
  const xml = parseXml(document, parser);
  if (xml instanceof Refusal) return xml;
  const parsed = Document.safeParse(xml);
  if (!parsed.success) return new Refusal('MalformedXML');
  return parsed.data.CompleteMultipartUpload.Part.map((part) => ({
    number: Number(part.PartNumber),
    etag: part.ETag.replaceAll('"', ''),
    checksums: checksumAlgorithms.flatMap((algorithm) => {
      const value = part[checksumElement(algorithm)];
      return typeof value === 'string' ? [{ algorithm, value }] : [];
    }),
  }));
}
