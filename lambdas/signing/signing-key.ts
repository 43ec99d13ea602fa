import { encodeUri } from './encode.ts';
import { type HmacKey, hmacKey, hmacSha256 } from './hmac.ts';

/** AWS credentials. In a Lambda function they are temporary and always carry a session token. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** All of a signature that stays the same for one set of credentials, one region and one day (UTC). */
export interface SigningKey {
  readonly hmac: HmacKey;
  /** `20130524` */
  readonly day: string;
  /** `20130524/us-east-1/s3/aws4_request` */
  readonly scope: string;
  /** The parameter `X-Amz-Credential`, encoded. */
  readonly credentialParameter: string;
  /** The parameter `X-Amz-Security-Token`, encoded, with an ampersand before it; empty where there is no token. */
  readonly tokenParameter: string;
}

interface CachedKey extends SigningKey {
  readonly credentials: Credentials;
  readonly region: string;
  readonly dayNumber: number;
}

const dayInMilliseconds = 86_400_000;
/** A function signs with one key, with two while credentials or days change. */
export const cachedKeysMax = 8;

const cachedKeys: CachedKey[] = [];

/** The signing key of that moment, from a cache: to derive one takes four HMACs, to sign with it one. */
export const signingKey = (credentials: Credentials, region: string, now: Date): SigningKey => {
  const dayNumber = Math.floor(now.getTime() / dayInMilliseconds);
  for (const key of cachedKeys) {
    if (key.dayNumber === dayNumber && key.region === region && isSame(key.credentials, credentials)) return key;
  }
  const key = { ...deriveKey(credentials, region, now), credentials: { ...credentials }, region, dayNumber };
  cachedKeys.unshift(key);
  cachedKeys.length = Math.min(cachedKeys.length, cachedKeysMax);
  return key;
};

const isSame = (left: Credentials, right: Credentials): boolean => {
  return (
    left.accessKeyId === right.accessKeyId &&
    left.secretAccessKey === right.secretAccessKey &&
    left.sessionToken === right.sessionToken
  );
};

/** IAM user guide, "Create a signed AWS API request", step 4: one HMAC per element of the scope. */
const deriveKey = (
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
  region: string,
  now: Date,
): SigningKey => {
  const day = now.toISOString().slice(0, 10).replaceAll('-', '');
  const elements = [day, region, 's3', 'aws4_request'];
  let hmac = hmacKey(Buffer.from(`AWS4${secretAccessKey}`));
  for (const element of elements) {
    hmac = hmacKey(Buffer.from(hmacSha256(hmac, element, 'binary'), 'latin1'));
  }
  const scope = elements.join('/');
  return {
    hmac,
    day,
    scope,
    credentialParameter: `X-Amz-Credential=${encodeUri(`${accessKeyId}/${scope}`)}`,
    tokenParameter: sessionToken ? `&X-Amz-Security-Token=${encodeUri(sessionToken)}` : '',
  };
};
