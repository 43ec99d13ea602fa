import type { AccessRequest } from './types.ts';

export interface GlobalFacts {
  readonly principal: AccessRequest['principal'];
  readonly region: string;
  readonly sourceIp: string;
  readonly secureTransport: boolean;
  readonly receivedAt: Date;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
}

/** What every service says of a signed request ("AWS global condition context keys"). */
export const globalConditions = (facts: GlobalFacts): Record<string, string> => {
  const { principal, receivedAt } = facts;
  const userAgent = facts.headers.get('user-agent');
  const referer = facts.headers.get('referer');
  return {
    'aws:PrincipalArn': principalArn(principal.arn),
    'aws:PrincipalAccount': principal.accountId,
    'aws:PrincipalType': principal.arn.includes(':assumed-role/') ? 'AssumedRole' : 'User',
    'aws:PrincipalIsAWSService': 'false',
    'aws:ViaAWSService': 'false',
    'aws:RequestedRegion': facts.region,
    // Resources and roles of a template are of one account.
    'aws:ResourceAccount': principal.accountId,
    'aws:SourceIp': facts.sourceIp,
    'aws:SecureTransport': String(facts.secureTransport),
    'aws:CurrentTime': receivedAt.toISOString(),
    'aws:EpochTime': String(Math.floor(receivedAt.getTime() / 1000)),
    ...(userAgent !== undefined && { 'aws:UserAgent': userAgent }),
    ...(referer !== undefined && { 'aws:Referer': referer }),
  };
};

/** "For IAM roles, the request context returns the ARN of the role, not the ARN of the user that assumed the role." */
const principalArn = (arn: string): string =>
  arn.replace(/^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\/.*$/, 'arn:$1:iam::$2:role/$3');
