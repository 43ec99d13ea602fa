import { canonicalRequest } from '../../sigv4/canonical-request.ts';
import type { Credential } from '../../sigv4/credential.ts';
import { deriveSigningKey, equalInConstantTime, signWith, stringToSign } from '../../sigv4/signature.ts';
import { queryValue } from '../http/query.ts';
import type { S3Request } from '../http/request.ts';
import { invalidArgument, Refusal } from '../refusal.ts';
import type { ChunkSeed } from './chunk-signatures.ts';
import type { SignatureClaim } from './claim.ts';
import { claimedCredential } from './claimed-credential.ts';
import { parseHeaderClaim } from './header-claim.ts';
import { streamingPayloadOf } from './payload-hash.ts';
import { parseQueryClaim } from './query-claim.ts';
import { signatureMismatch } from './signature-mismatch.ts';

/** Who signed a request, and how: proven. */
export interface Identity {
  readonly claim: SignatureClaim;
  readonly principal: Credential['principal'];
  /** Only where the chunks of the body are signed. */
  readonly chunkSeed?: ChunkSeed;
}

/**
 * Proves a request's signature, SigV4 by header or by query. Written from the AWS documents alone and sharing nothing
 * with the signer of this project, so that each checks the other.
 */
export function authenticate(
  request: S3Request,
  region: string,
  credentials: (accessKeyId: string) => Credential | undefined,
): Identity | Refusal {
  const claim = parseClaim(request, region);
  if (claim instanceof Refusal) return claim;
  const unsigned = unsignedHeaders(request, claim);
  if (unsigned.length > 0) {
    const message = 'There were headers present in the request which were not signed';
    return new Refusal('AccessDenied', message, { HeadersNotSigned: unsigned.join(', ') });
  }
  const credential = claimedCredential(claim, credentials);
  if (credential instanceof Refusal) return credential;
  const canonical = canonicalRequest(request, claim);
  const text = stringToSign(claim, canonical);
  const signingKey = deriveSigningKey(credential.secretAccessKey, claim.scope);
  const { principal } = credential;
  const provided = claim.signature;
  if (!equalInConstantTime(signWith(signingKey, text), provided)) {
    return signatureMismatch(claim, { text, canonical, provided });
  }
  if (!streamingPayloadOf(claim.payloadHash)?.isSigned) return { claim, principal };
  return { claim, principal, chunkSeed: { claim, signingKey, canonical } };
}

function parseClaim(request: S3Request, region: string): SignatureClaim | Refusal {
  const authorization = request.headers.get('authorization');
  const isPresigned = request.query.some(([name]) => name === 'X-Amz-Algorithm' || name === 'X-Amz-Signature');
  if (authorization !== undefined && isPresigned) {
    const message =
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified';
    return invalidArgument(message, 'Authorization', authorization.split(' ')[0] ?? '');
  }
  if (authorization !== undefined) return parseHeaderClaim(request, authorization, region);
  if (isPresigned) return parseQueryClaim(request, region);
  return queryValue(request.query, 'Signature') === undefined
    ? new Refusal('AccessDenied')
    : new Refusal(
        'InvalidRequest',
        'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
      );
}

/** "CanonicalHeaders must include host and any x-amz-* headers in the request"; the rest is the signer's choice. */
function unsignedHeaders({ headers }: S3Request, claim: SignatureClaim): readonly string[] {
  return [...headers.keys()].filter(
    (name) => (name === 'host' || name.startsWith('x-amz-')) && !claim.signedHeaders.includes(name),
  );
}
