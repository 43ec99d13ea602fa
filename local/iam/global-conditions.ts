import type { AccessRequest } from './types.ts';

interface CallFacts {
  readonly region: string;
  readonly secureTransport: boolean;
  readonly receivedAt: Date;
}

export interface GlobalFacts extends CallFacts {
  readonly principal: AccessRequest['principal'];
  /** Absent where it is AWS that calls, from an address that nobody knows. */
  readonly sourceIp?: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
}

const callConditions = ({ region, secureTransport, receivedAt }: CallFacts): Record<string, string> => ({
  'aws:ViaAWSService': 'false',
  'aws:RequestedRegion': region,
  'aws:SecureTransport': String(secureTransport),
  'aws:CurrentTime': receivedAt.toISOString(),
  'aws:EpochTime': String(Math.floor(receivedAt.getTime() / 1000)),
});

/** What every service says of a signed request ("AWS global condition context keys"). */
export const globalConditions = (facts: GlobalFacts): Record<string, string> => {
  const { principal, headers, sourceIp } = facts;
  const optional: Record<string, string | undefined> = {
    'aws:SourceIp': sourceIp,
    'aws:UserAgent': headers.get('user-agent'),
    'aws:Referer': headers.get('referer'),
    // "For the root user: the account ID"; that of a role's session is known to whoever knows the role.
    'aws:userid': principal.arn.endsWith(':root') ? principal.accountId : undefined,
    'aws:username': /:user\/(?:.*\/)?(?<name>[^/]+)$/.exec(principal.arn)?.groups?.name,
  };
  return {
    ...callConditions(facts),
    'aws:PrincipalArn': principalArn(principal.arn),
    'aws:PrincipalAccount': principal.accountId,
    'aws:PrincipalType': principalType(principal.arn),
    'aws:PrincipalIsAWSService': 'false',
    // Resources and roles of a template are of one account.
    'aws:ResourceAccount': principal.accountId,
    ...Object.fromEntries(
      Object.entries(optional).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
  };
};

export interface ServiceFacts extends CallFacts {
  /** `s3.amazonaws.com` */
  readonly service: string;
  /** The account of the resource that the service calls for, which is that of the resource it calls. */
  readonly account: string;
  /** The resource that the service calls for. */
  readonly sourceArn: string;
}

/** What is said of a call that an AWS service makes under its own name, for a resource of an account. */
export const serviceConditions = (facts: ServiceFacts): Record<string, string> => ({
  ...callConditions(facts),
  'aws:PrincipalIsAWSService': 'true',
  'aws:PrincipalServiceName': facts.service,
  'aws:ResourceAccount': facts.account,
  'aws:SourceAccount': facts.account,
  'aws:SourceArn': facts.sourceArn,
});

const principalType = (arn: string): string => {
  if (arn.includes(':assumed-role/')) return 'AssumedRole';
  return arn.endsWith(':root') ? 'Account' : 'User';
};

/** "For IAM roles, the request context returns the ARN of the role, not the ARN of the user that assumed the role." */
const principalArn = (arn: string): string =>
  arn.replace(/^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\/.*$/, 'arn:$1:iam::$2:role/$3');
