import { invalidArgument, notImplemented, Refusal } from '../refusal.ts';
import { unsignedPayload } from './claim.ts';

const name = 'x-amz-content-sha256';

/** Words for bodies in chunks, `aws-chunked` ("Authenticating requests: using the Authorization header"). */
const streaming: Readonly<Record<string, StreamingPayload>> = {
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER': { isSigned: false, hasTrailers: true },
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD': { isSigned: true, hasTrailers: false },
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER': { isSigned: true, hasTrailers: true },
};
const asymmetric = ['STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD', 'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER'];
const words = [unsignedPayload, ...Object.keys(streaming), ...asymmetric];

export interface StreamingPayload {
  /** Whether each chunk carries a signature. */
  readonly isSigned: boolean;
  readonly hasTrailers: boolean;
}

/** Undefined where the body is sent as it is. */
export const streamingPayloadOf = (payloadHash: string | undefined): StreamingPayload | undefined =>
  payloadHash !== undefined && Object.hasOwn(streaming, payloadHash) ? streaming[payloadHash] : undefined;

/** What stands for the body in the canonical request: its SHA-256 in hexadecimal, or a word for how it is signed. */
export function checkPayloadHash(value: string | undefined): string | Refusal {
  if (value === undefined) return new Refusal('InvalidRequest', `Missing required header for this request: ${name}`);
  if (asymmetric.includes(value)) return notImplemented('SigV4A, signatures with an asymmetric key', { Header: name });
  if (words.includes(value) || isSha256Hex(value)) return value;
  return invalidArgument(`${name} must be ${words.join(', ')} or a valid sha256 value.`, name, value);
}

export const isSha256Hex = (text: string): boolean => /^[0-9a-fA-F]{64}$/.test(text);
