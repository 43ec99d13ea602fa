import { formatTimestamp } from '../../sigv4/timestamp.ts';
import type { ErrorCode } from '../errors.ts';
import { Refusal } from '../refusal.ts';

export interface Scope {
  readonly accessKeyId: string;
  readonly scope: string;
}

const grammar = '<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request';

/** How the ways to send a signature word the same mistakes. */
export interface ScopeWording {
  readonly code: ErrorCode;
  /** What was being read. */
  readonly prefix?: string;
  readonly elements?: Readonly<Record<string, string>>;
}

/** `AKID/20130524/us-east-1/s3/aws4_request`, which must fit the moment of signing, the region and S3. */
export function parseScope(credential: string, signedAt: Date, region: string, wording: ScopeWording): Scope | Refusal {
  const refuse = (problem: string, elements: Readonly<Record<string, string>> = {}): Refusal =>
    new Refusal(wording.code, [...(wording.prefix ? [wording.prefix] : []), problem].join('; '), {
      ...wording.elements,
      ...elements,
    });
  const parts = credential.split('/');
  const [terminal, service, scopeRegion, date] = parts.slice(-4).reverse();
  const accessKeyId = parts.slice(0, -4).join('/');
  if (accessKeyId === '' || !date || !/^\d{8}$/.test(date)) {
    return refuse(`the Credential is mal-formed; expecting "${grammar}".`);
  }
  const day = formatTimestamp(signedAt).slice(0, 8);
  if (date !== day)
    return refuse(`Invalid credential date "${date}". This date is not the same as X-Amz-Date: "${day}".`);
  if (scopeRegion !== region) {
    return refuse(`the region '${scopeRegion}' is wrong; expecting '${region}'`, { Region: region });
  }
  if (service !== 's3') return refuse(`incorrect service "${service}". This endpoint belongs to "s3".`);
  if (terminal !== 'aws4_request') {
    return refuse(`incorrect terminal "${terminal}". This endpoint uses "aws4_request".`);
  }
  return { accessKeyId, scope: parts.slice(-4).join('/') };
}
