import { isUtf8 } from 'node:buffer';
import type { Call } from '../operations/operation.ts';
import { Refusal } from '../refusal.ts';
import { parseExpectations } from './expectations.ts';
import { receiveBody } from './receive.ts';

/** The XML document that a request brings, as text; refused where it is larger or other than the request says. */
export async function readDocument(
  { request, identity, incoming, continueBody }: Pick<Call, 'request' | 'identity' | 'incoming' | 'continueBody'>,
  sizeBytesMax: number,
): Promise<string | Refusal> {
  const expected = parseExpectations(request.headers, identity, sizeBytesMax);
  if (expected instanceof Refusal) return expected.code === 'EntityTooLarge' ? tooLarge(sizeBytesMax) : expected;
  const chunks: Buffer[] = [];
  continueBody();
  const received = await receiveBody(incoming, expected, {
    write: async (bytes) => void chunks.push(Buffer.from(bytes)),
  });
  return received instanceof Refusal ? received : decode(Buffer.concat(chunks));
}

const tooLarge = (sizeBytesMax: number): Refusal =>
  new Refusal('MaxMessageLengthExceeded', undefined, { MaxMessageLengthBytes: sizeBytesMax });

/** Bytes that are no UTF-8 would become a character, and with it another key. */
function decode(bytes: Buffer): string | Refusal {
  return isUtf8(bytes) ? bytes.toString() : new Refusal('MalformedXML');
}
