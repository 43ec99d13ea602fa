import { maxSkewInMilliseconds, signingAlgorithm } from '../../sigv4/signature.ts';
import { formatErrorTime, parseTimestamp } from '../../sigv4/timestamp.ts';
import { queryValue } from '../http/query.ts';
import type { S3Request } from '../http/request.ts';
import { notImplemented, Refusal } from '../refusal.ts';
import { type SignatureClaim, unsignedPayload } from './claim.ts';
import { checkPayloadHash, streamingPayloadOf } from './payload-hash.ts';
import { parseScope } from './scope.ts';

const code = 'AuthorizationQueryParametersError';
const wording = { code, prefix: 'Error parsing the X-Amz-Credential parameter' } as const;
const expiresInSecondsMax = 7 * 24 * 3600;
const required = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Signature',
  'X-Amz-Date',
  'X-Amz-SignedHeaders',
  'X-Amz-Expires',
] as const;

/** A presigned URL ("Authenticating requests: using query parameters" of the S3 API reference). */
export function parseQueryClaim(request: S3Request, region: string): SignatureClaim | Refusal {
  const [algorithm, credential, signature, date, signedHeaders, expires] = required.map((name) =>
    single(request, name),
  );
  if (!algorithm || !credential || !signature || !date || !signedHeaders || !expires) {
    const names = `${required.slice(0, -1).join(', ')}, and ${required.at(-1)}`;
    return new Refusal(code, `Query-string authentication version 4 requires the ${names} parameters.`);
  }
  if (algorithm !== signingAlgorithm) return new Refusal(code, `X-Amz-Algorithm only supports "${signingAlgorithm}"`);
  const signedAt = parseTimestamp(date);
  if (signedAt === undefined) {
    return new Refusal(code, `X-Amz-Date must be in the ISO8601 Long Format "yyyyMMdd'T'HHmmss'Z'"`);
  }
  const scope = parseScope(credential, signedAt, region, wording);
  if (scope instanceof Refusal) return scope;
  const untimely = checkLifetime(expires, signedAt, request.receivedAt);
  if (untimely) return untimely;
  const payloadHash = checkPayloadHash(
    request.headers.get('x-amz-content-sha256') ?? queryValue(request.query, 'X-Amz-Content-Sha256') ?? unsignedPayload,
  );
  if (payloadHash instanceof Refusal) return payloadHash;
  // AWS describes chunks for signatures in the header only.
  if (streamingPayloadOf(payloadHash) !== undefined) return notImplemented('aws-chunked bodies of presigned requests');
  return {
    authType: 'REST-QUERY-STRING',
    ...scope,
    signedAt,
    signedHeaders: signedHeaders.split(';'),
    signature,
    sessionToken: queryValue(request.query, 'X-Amz-Security-Token') ?? request.headers.get('x-amz-security-token'),
    payloadHash,
  };
}

/** A parameter given twice is ambiguous, so it counts as missing. */
function single({ query }: S3Request, name: string): string | undefined {
  const values = query.filter((parameter) => parameter[0] === name);
  return values.length === 1 ? values[0]?.[1] : undefined;
}

function checkLifetime(expires: string, signedAt: Date, now: Date): Refusal | undefined {
  if (!/^-?\d+$/.test(expires)) return new Refusal(code, 'X-Amz-Expires should be a number');
  const seconds = Number(expires);
  if (seconds < 0) return new Refusal(code, 'X-Amz-Expires must be non-negative');
  if (seconds < 1) return new Refusal(code, 'X-Amz-Expires must be at least 1 second');
  if (seconds > expiresInSecondsMax) {
    const message = `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${expiresInSecondsMax} seconds`;
    return new Refusal(code, message);
  }
  if (signedAt.getTime() - now.getTime() > maxSkewInMilliseconds) {
    return new Refusal('AccessDenied', 'Request is not yet valid', { ServerTime: formatErrorTime(now) });
  }
  const expiresAt = new Date(signedAt.getTime() + seconds * 1000);
  if (now <= expiresAt) return undefined;
  return new Refusal('AccessDenied', 'Request has expired', {
    'X-Amz-Expires': seconds,
    Expires: formatErrorTime(expiresAt),
    ServerTime: formatErrorTime(now),
  });
}
