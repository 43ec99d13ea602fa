import { hash, timingSafeEqual } from 'node:crypto';
import { hmacSha256 } from './hmac.ts';
import { formatTimestamp } from './timestamp.ts';

export const signingAlgorithm = 'AWS4-HMAC-SHA256';
/** "the request timestamp must be within 15 minutes of the AWS system time" (S3 API reference). */
export const maxSkewInMilliseconds = 15 * 60 * 1000;

/** `scope` is `20130524/us-east-1/s3/aws4_request`. */
export function stringToSign(claim: { readonly signedAt: Date; readonly scope: string }, canonical: string): string {
  const digest = hash('sha256', Buffer.from(canonical, 'latin1'), 'hex');
  return [signingAlgorithm, formatTimestamp(claim.signedAt), claim.scope, digest].join('\n');
}

/** More than a local cloud has roles, of yesterday and today. */
const signingKeysMax = 200;
const signingKeys = new Map<string, Buffer>();

/** "Derive a signing key" of the SigV4 reference: good for this scope only. It is kept, as deriving takes four HMACs. */
export function deriveSigningKey(secretAccessKey: string, scope: string): Buffer {
  const id = JSON.stringify([secretAccessKey, scope]);
  const known = signingKeys.get(id);
  if (known !== undefined) return known;
  const derived = Buffer.from(scope.split('/').reduce<string | Buffer>(hmacSha256, `AWS4${secretAccessKey}`));
  const [oldest] = signingKeys.keys();
  if (signingKeys.size >= signingKeysMax && oldest !== undefined) signingKeys.delete(oldest);
  signingKeys.set(id, derived);
  return derived;
}

/** The signature in hexadecimal. */
export const signWith = (signingKey: Buffer, text: string): string => hmacSha256(signingKey, text).toString('hex');

/** The signature in hexadecimal ("Calculate the signature" of the SigV4 reference). */
export const calculateSignature = (secretAccessKey: string, scope: string, text: string): string =>
  signWith(deriveSigningKey(secretAccessKey, scope), text);

/** Takes the same time wherever two texts differ, so nothing can be learned by guessing. */
export const equalInConstantTime = (a: string, b: string): boolean =>
  timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
