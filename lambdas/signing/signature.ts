import { hash } from 'node:crypto';
import { hmacSha256 } from './hmac.ts';
import type { SigningKey } from './signing-key.ts';

/** The signature, in hexadecimal, of a canonical request at a time written as `20130524T000000Z`. */
export const signatureOf = (canonicalRequest: string, key: SigningKey, timestamp: string): string => {
  const stringToSign = `AWS4-HMAC-SHA256\n${timestamp}\n${key.scope}\n${hash('sha256', canonicalRequest)}`;
  return hmacSha256(key.hmac, stringToSign, 'hex');
};
