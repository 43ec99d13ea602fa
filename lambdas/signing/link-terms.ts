import { flat } from './encode.ts';
import { type SignHash, signatureAt } from './signature.ts';
import { type Credentials, type SigningKey, signingKey } from './signing-key.ts';

/** What all links have in common that one key signs in one second for one lifetime. */
export interface LinkTerms {
  /** The query from its start to `X-Amz-Security-Token`. What follows is of the request: headers, parameters of S3. */
  readonly parameters: string;
  readonly signatureOf: SignHash;
  readonly key: SigningKey;
  /** `20130524T000000Z` */
  readonly timestamp: string;
}

/** Who signs, when, and for how long: all of a signed request but the request. */
export interface SigningTerms {
  readonly region: string;
  readonly credentials: Credentials;
  /** A whole number, 1 to 604,800 (seven days). The URL dies earlier if its credentials do. */
  readonly expiresInSeconds: number;
  readonly now: Date;
}

/** S3 API reference, "Authenticating Requests: Using Query Parameters", X-Amz-Expires. */
export const expiresInSecondsMax = 604_800;

interface KeptTerms extends LinkTerms {
  readonly second: number;
  readonly expiresInSeconds: number;
}

/** The last ones: a burst of links shares them, and links of another second need others anyway. */
let kept: KeptTerms | undefined;

export const linkTerms = ({ region, credentials, expiresInSeconds, now }: SigningTerms): LinkTerms => {
  const key = signingKey(credentials, region, now);
  const second = Math.floor(now.getTime() / 1000);
  if (kept?.key === key && kept.second === second && kept.expiresInSeconds === expiresInSeconds) return kept;
  assertExpiry(expiresInSeconds);
  const timestamp = timestampOf(now);
  // SigV4 sorts parameters by code point. Its own start with a capital and so come before S3's, which never do.
  const parameters = flat(
    `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Content-Sha256=UNSIGNED-PAYLOAD&${key.credentialParameter}` +
      `&X-Amz-Date=${timestamp}&X-Amz-Expires=${expiresInSeconds}${key.tokenParameter}`,
  );
  kept = { parameters, signatureOf: signatureAt(key, timestamp), key, timestamp, second, expiresInSeconds };
  return kept;
};

/** `20130524T000000Z` */
export const timestampOf = (now: Date): string => `${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

export const assertExpiry = (expiresInSeconds: number): void => {
  if (!Number.isInteger(expiresInSeconds) || expiresInSeconds < 1 || expiresInSeconds > expiresInSecondsMax) {
    throw new RangeError(`What is signed lives 1 to ${expiresInSecondsMax} whole seconds, not ${expiresInSeconds}.`);
  }
};
