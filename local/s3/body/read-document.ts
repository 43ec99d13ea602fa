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
  if (expected instanceof Refusal) return expected;
  const chunks: Buffer[] = [];
  continueBody();
  const received = await receiveBody(incoming, expected, (chunk) => void chunks.push(chunk));
  return received instanceof Refusal ? received : Buffer.concat(chunks).toString();
}
