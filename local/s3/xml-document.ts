import { type XMLParser, XMLValidator } from 'fast-xml-parser';
import { Refusal } from './refusal.ts';

/** "XML 1.0", 2.2: what no document may hold, not even a key that has it. */
const illegal = /[^\t\n\r\x20-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

/** Only the five entities of XML are declared without a document type. */
const undeclared = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i;

/**
 * Reads a document somebody sent. Document types are refused before anything looks at them, so no entity can be
 * declared, however many laughs it stands for.
 */
export function parseXml(document: string, parser: XMLParser): unknown {
  const isMalformed = document.includes('<!') || illegal.test(document) || undeclared.test(document);
  if (isMalformed || XMLValidator.validate(document) !== true) return new Refusal('MalformedXML');
  try {
    return parser.parse(document);
  } catch {
    // It throws at names that JavaScript gives a meaning, at a depth no document of S3 has, and at no such character.
    return new Refusal('MalformedXML');
  }
}
