import type { Credential } from '../../sigv4/credential.ts';
import { deriveSigningKey, equalInConstantTime, signingAlgorithm, signWith } from '../../sigv4/signature.ts';
import { parseTimestamp } from '../../sigv4/timestamp.ts';
import { invalidArgument, Refusal } from '../refusal.ts';
import type { Identity } from '../sigv4/authenticate.ts';
import { type SignatureClaim, unsignedPayload } from '../sigv4/claim.ts';
import { claimedCredential } from '../sigv4/claimed-credential.ts';
import { parseScope } from '../sigv4/scope.ts';
import { signatureMismatch } from '../sigv4/signature-mismatch.ts';
import type { FormFields } from './form-parser.ts';

const required = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Signature', 'Policy'] as const;

/** As S3 asks for a field that is not there, or only behind the file. */
export const missingField = (name: string): Refusal => {
  const message = `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`;
  return invalidArgument(message, name, '');
};

/**
 * Proves who signed a form: the signature is over the policy as it was sent, before anybody decodes it ("Authenticating
 * Requests: Browser-Based Uploads Using POST (AWS Signature Version 4)").
 */
export function authenticateForm(
  fields: FormFields,
  region: string,
  credentials: (accessKeyId: string) => Credential | undefined,
): Identity | Refusal {
  const claim = parseClaim(fields, region);
  if (claim instanceof Refusal) return claim;
  const credential = claimedCredential(claim, credentials);
  if (credential instanceof Refusal) return credential;
  const text = fieldValue(fields, 'policy') ?? '';
  const signature = signWith(deriveSigningKey(credential.secretAccessKey, claim.scope), text);
  if (equalInConstantTime(signature, claim.signature)) return { claim, principal: credential.principal };
  return signatureMismatch(claim, { text, provided: claim.signature });
}

const fieldValue = (fields: FormFields, name: string): string | undefined => fields.get(name.toLowerCase())?.value;

function parseClaim(fields: FormFields, region: string): SignatureClaim | Refusal {
  if (fields.has('awsaccesskeyid') || fields.has('signature')) {
    const message = `The authorization mechanism you have provided is not supported. Please use ${signingAlgorithm}.`;
    return new Refusal('InvalidRequest', message);
  }
  const isSigned = required.some((name) => name !== 'Policy' && fields.has(name.toLowerCase()));
  if (!isSigned) return new Refusal('AccessDenied');
  const missing = required.find((name) => !fields.has(name.toLowerCase()));
  if (missing !== undefined) return missingField(missing);
  const [algorithm = '', credential = '', date = '', signature = ''] = required.map((name) => fieldValue(fields, name));
  if (algorithm !== signingAlgorithm) {
    return invalidArgument(`X-Amz-Algorithm only supports "${signingAlgorithm}"`, 'X-Amz-Algorithm', algorithm);
  }
  const signedAt = parseTimestamp(date);
  if (signedAt === undefined) {
    return invalidArgument('X-Amz-Date must be formated via ISO8601 Long format', 'X-Amz-Date', date);
  }
  const scope = parseScope(credential, signedAt, region, {
    code: 'InvalidArgument',
    elements: { ArgumentName: 'X-Amz-Credential', ArgumentValue: credential },
  });
  if (scope instanceof Refusal) return scope;
  const sessionToken = fieldValue(fields, 'x-amz-security-token');
  return {
    authType: 'POST',
    ...scope,
    signedAt,
    signedHeaders: [],
    signature,
    sessionToken,
    payloadHash: unsignedPayload,
  };
}
