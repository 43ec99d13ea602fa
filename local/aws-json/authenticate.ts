import { createHash } from 'node:crypto';
import { canonicalRequest } from '../sigv4/canonical-request.ts';
import type { Credential } from '../sigv4/credential.ts';
import {
  calculateSignature,
  equalInConstantTime,
  maxSkewInMilliseconds,
  signingAlgorithm,
  stringToSign,
} from '../sigv4/signature.ts';
import { parseTimestamp } from '../sigv4/timestamp.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { AwsJsonRequest } from './request.ts';

const grammar = new RegExp(
  `^${signingAlgorithm} Credential=(?<accessKeyId>[^/,\\s]+)/(?<scope>[^,\\s]+), ?` +
    'SignedHeaders=(?<signedHeaders>[^,\\s]+), ?Signature=(?<signature>[0-9a-f]{64})$',
);

const invalid = (message: string): Refusal => refuse('InvalidSignatureException', message);

/** Who signed a request, proven by SigV4 in the Authorization header, in AWS's words where it is not. */
export const authenticate = (
  { path, headers, body, receivedAt }: AwsJsonRequest,
  { region, service }: { readonly region: string; readonly service: string },
  credentials: (accessKeyId: string) => Credential | undefined,
): Credential['principal'] | Refusal => {
  const authorization = headers.get('authorization');
  if (authorization === undefined) {
    return refuse('MissingAuthenticationTokenException', 'Request is missing Authentication Token');
  }
  const { accessKeyId = '', scope = '', signature = '', ...claim } = grammar.exec(authorization)?.groups ?? {};
  const date = headers.get('x-amz-date') ?? '';
  const signedAt = parseTimestamp(date);
  const expectedScope = `${date.slice(0, 8)}/${region}/${service}/aws4_request`;
  if (signature === '' || signedAt === undefined || scope !== expectedScope) {
    const expected = `Credential=AKID/YYYYMMDD/${region}/${service}/aws4_request, SignedHeaders=…, Signature=…`;
    return refuse('IncompleteSignatureException', `Expected X-Amz-Date and ${signingAlgorithm} ${expected}`);
  }
  if (Math.abs(receivedAt.getTime() - signedAt.getTime()) > maxSkewInMilliseconds) {
    return invalid(`Signature not current: ${date} is more than 15 min. away from ${receivedAt.toISOString()}`);
  }
  const signedHeaders = (claim.signedHeaders ?? '').split(';');
  const unsigned = [...headers.keys()].find(
    (name) => (name === 'host' || name.startsWith('x-amz-')) && !signedHeaders.includes(name),
  );
  if (unsigned !== undefined) return invalid(`'${unsigned}' must be a 'SignedHeader' in the AWS Authorization.`);

  const credential = credentials(accessKeyId);
  const token = headers.get('x-amz-security-token') ?? '';
  if (credential === undefined || !equalInConstantTime(token, credential.sessionToken ?? '')) {
    return refuse('UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
  const payloadHash = createHash('sha256').update(body).digest('hex');
  const canonical = canonicalRequest({ method: 'POST', path, query: [], headers }, { signedHeaders, payloadHash });
  const expected = calculateSignature(credential.secretAccessKey, scope, stringToSign({ signedAt, scope }, canonical));
  if (equalInConstantTime(expected, signature)) return credential.principal;
  return invalid(
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
  );
};
