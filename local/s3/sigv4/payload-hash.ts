import { invalidArgument, notImplemented, Refusal } from '../refusal.ts';
import { unsignedPayload } from './claim.ts';

const name = 'x-amz-content-sha256';

/** What stands for the body in the canonical request: its SHA-256 in hexadecimal, or that it is not signed. */
export function checkPayloadHash(value: string | undefined): string | Refusal {
  if (value === undefined) return new Refusal('InvalidRequest', `Missing required header for this request: ${name}`);
  if (value.startsWith('STREAMING-')) return notImplemented('aws-chunked bodies', { Header: name });
  if (value === unsignedPayload || isSha256Hex(value)) return value;
  return invalidArgument(`${name} must be ${unsignedPayload}, or a valid sha256 value.`, name, value);
}

export const isSha256Hex = (text: string): boolean => /^[0-9a-fA-F]{64}$/.test(text);
