import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type SignatureClaim, signingAlgorithm } from './claim.ts';
import { formatTimestamp } from './timestamp.ts';

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

export function stringToSign(claim: Pick<SignatureClaim, 'signedAt' | 'scope'>, canonical: string): string {
  const hash = createHash('sha256').update(canonical, 'latin1').digest('hex');
  return [signingAlgorithm, formatTimestamp(claim.signedAt), claim.scope, hash].join('\n');
}

/** The signature in hexadecimal ("Calculate the signature" of the SigV4 reference). */
export function calculateSignature(secretAccessKey: string, scope: string, text: string): string {
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  return hmac(key, text).toString('hex');
}

/** Takes the same time wherever two texts differ, so nothing can be learned by guessing. */
export const equalInConstantTime = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
