import { maxSkewInMilliseconds, signingAlgorithm } from '../../sigv4/signature.ts';
import { formatErrorTime, formatTimestamp, parseTimestamp } from '../../sigv4/timestamp.ts';
import type { S3Request } from '../http/request.ts';
import { invalidArgument, Refusal } from '../refusal.ts';
import type { SignatureClaim } from './claim.ts';
import { checkPayloadHash } from './payload-hash.ts';
import { parseScope } from './scope.ts';

const wording = { code: 'AuthorizationHeaderMalformed', prefix: 'The authorization header is malformed' } as const;

/** `Authorization: AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…` */
export function parseHeaderClaim(request: S3Request, authorization: string, region: string): SignatureClaim | Refusal {
  const space = authorization.indexOf(' ');
  const algorithm = authorization.slice(0, Math.max(space, 0));
  if (algorithm !== signingAlgorithm) return unsupportedMechanism(algorithm, authorization);
  const fields = new Map<string, string>();
  for (const field of authorization.slice(space + 1).split(',')) {
    const equals = field.indexOf('=');
    const name = field.slice(0, Math.max(equals, 0)).trim();
    // A second header is joined to the first: to choose one of two would be to guess which was meant.
    if (fields.has(name)) return new Refusal(wording.code, `${wording.prefix}; ${name} is given more than once.`);
    fields.set(name, field.slice(equals + 1).trim());
  }
  const credential = fields.get('Credential');
  const signedHeaders = fields.get('SignedHeaders');
  const signature = fields.get('Signature');
  if (!credential || !signedHeaders || !signature) {
    const missing = credential ? (signedHeaders ? 'Signature' : 'SignedHeaders') : 'Credential';
    return new Refusal(
      wording.code,
      `${wording.prefix}; the authorization header requires three components: Credential, SignedHeaders, and Signature; ${missing} is missing.`,
    );
  }
  const signedAt = signedAtOf(request);
  if (signedAt instanceof Refusal) return signedAt;
  const scope = parseScope(credential, signedAt, region, wording);
  if (scope instanceof Refusal) return scope;
  const payloadHash = checkPayloadHash(request.headers.get('x-amz-content-sha256'));
  if (payloadHash instanceof Refusal) return payloadHash;
  return {
    authType: 'REST-HEADER',
    ...scope,
    signedAt,
    signedHeaders: signedHeaders.split(';'),
    signature,
    sessionToken: request.headers.get('x-amz-security-token'),
    payloadHash,
  };
}

function unsupportedMechanism(algorithm: string, authorization: string): Refusal {
  if (algorithm === 'AWS') {
    const message = `The authorization mechanism you have provided is not supported. Please use ${signingAlgorithm}.`;
    return new Refusal('InvalidRequest', message);
  }
  return invalidArgument('Unsupported Authorization Type', 'Authorization', authorization.split(' ')[0] ?? '');
}

function signedAtOf({ headers, receivedAt }: S3Request): Date | Refusal {
  const amzDate = headers.get('x-amz-date');
  const httpDate = new Date(headers.get('date') ?? '');
  const signedAt = amzDate === undefined ? httpDate : parseTimestamp(amzDate);
  if (signedAt === undefined || Number.isNaN(signedAt.getTime())) {
    return new Refusal('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header');
  }
  if (Math.abs(receivedAt.getTime() - signedAt.getTime()) <= maxSkewInMilliseconds) return signedAt;
  return new Refusal('RequestTimeTooSkewed', undefined, {
    RequestTime: formatTimestamp(signedAt),
    ServerTime: formatErrorTime(receivedAt),
    MaxAllowedSkewMilliseconds: maxSkewInMilliseconds,
  });
}
