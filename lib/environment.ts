import * as z from 'zod/mini';
import { Profile } from '../contract/profile.ts';
import { DocsClient } from './docs-client.ts';
import { Identity, identityIssues } from './identity.ts';

/** What CloudWatch Logs accepts (API reference, PutRetentionPolicy), up to ten years. */
const logRetentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** A check whose failure ends the checking: those of the whole environment take URLs for granted. */
const must = (holds: (text: string) => boolean, error: string) => z.refine<string>(holds, { error, abort: true });

/** An origin as browsers send it: scheme, host and port, nothing else. A host with `*` is a URL, but no page has it. */
const isOrigin = (text: string): boolean => URL.parse(text)?.origin === text && !text.includes('*');

const Origin = z.string().check(must(isOrigin, 'is not an exact web origin, such as https://app.example.com'));

/** Compared with what callers are told, letter by letter: `https://api.example.com` or with a path, no slash at the end. */
const isAddress = (text: string): boolean => {
  const url = URL.parse(text);
  return url !== null && `${url.origin}${url.pathname.replace(/\/$/, '')}` === text && !text.includes('*');
};

/** CreateSecret of the API reference; the ARN ends with the six characters that Secrets Manager adds to the name. */
const secretId =
  /^(?:arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@-]{1,512}-[A-Za-z0-9]{6}|[A-Za-z0-9/_+=.@-]{1,512})$/;

const Fields = z.strictObject({
  /** Part of physical names, hence short; see lib/names.ts. */
  name: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,14}[a-z0-9]$/, 'is not 2 to 16 characters of a-z, 0-9 and -')),
  account: z.string().check(z.regex(/^\d{12}$/, 'is not an AWS account id of 12 digits')),
  region: z.string().check(z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'is not an AWS region, such as eu-central-1')),
  /** Web origins that may call the API and the bucket. */
  origins: z.array(Origin).check(z.minLength(1)),
  /**
   * The address callers know the API by, where a custom domain stands before it.
   * @default - the API's own address, with its stage
   */
  apiUrl: z.optional(z.string().check(must(isAddress, 'is not an address, such as https://api.example.com'))),
  /** `s3`: keys of S3 and DynamoDB. `kms`: keys of the environment's own, rotated every year. */
  encryption: z.enum(['s3', 'kms']),
  /** Who signs people and back ends in, and says whose they are. */
  identity: Identity,
  /** @default - the page at `/docs` finds sign-in by the issuer's discovery, and people tell it their client */
  docsClient: z.optional(DocsClient),
  /**
   * Whether uploads go to the edge location of AWS that is nearest to who uploads, and from there by AWS's own network. Costs
   * by the gigabyte (Amazon S3 user guide, "Amazon S3 Transfer Acceleration").
   * @default - they go to the bucket's region by the internet
   */
  transferAcceleration: z.optional(z.boolean()),
  /** What becomes of the data when the stacks are deleted. `destroy` still wants an emptied bucket. */
  removal: z.enum(['retain', 'destroy']),
  logRetentionDays: z.literal(logRetentionDays),
  /** How long CloudTrail's log files are kept; where data is retained, nobody can delete them sooner. */
  auditRetentionDays: z.int().check(z.minimum(1), z.maximum(36_500)),
  /** How much the functions log. `DEBUG` says more of each request, and nothing more of persons or documents. */
  logLevel: z.enum(['INFO', 'DEBUG']),
  /**
   * A secret of Secrets Manager, by name or complete ARN, with storage settings that the functions must agree with; see
   * contract/storage-settings.ts. Absent: the environment alone says what is.
   */
  storageSettingsSecret: z.optional(z.string().check(z.regex(secretId, 'is neither the name nor the ARN of a secret'))),
  /** Of the whole API, beyond which it answers 429. */
  throttle: z.strictObject({
    requestsPerSecond: z.int().check(z.minimum(1)),
    burst: z.int().check(z.minimum(1)),
  }),
  /** What looks into the files besides the verifier. Without a scanner they are available once they are verified. */
  scanner: z.enum(['none', 'guardduty']),
  profile: Profile,
});

/** The name of the one environment that may speak plain http, with the loopback interface. */
export const localName = 'local';

const encrypted = (url: string, { name }: { readonly name: string }): boolean => {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (name === localName && protocol === 'http:' && hostname === '127.0.0.1');
};

export const Environment = Fields.check(
  z.check(({ value, issues }) => {
    value.origins.forEach((origin, index) => {
      if (!encrypted(origin, value)) issues.push(notEncrypted(origin, ['origins', index]));
      if (value.origins.indexOf(origin) < index) issues.push(issue(origin, ['origins', index], 'is there twice'));
    });
    for (const field of ['authorizationUrl', 'tokenUrl'] as const) {
      const url = value.docsClient?.[field];
      if (url !== undefined && !encrypted(url, value)) issues.push(notEncrypted(url, ['docsClient', field]));
    }
    if (value.apiUrl !== undefined && !encrypted(value.apiUrl, value))
      issues.push(notEncrypted(value.apiUrl, ['apiUrl']));
    if (value.identity.kind === 'oidc' && !encrypted(value.identity.issuer, value))
      issues.push(notEncrypted(value.identity.issuer, ['identity', 'issuer']));
    if (value.transferAcceleration && value.region.startsWith('cn-'))
      issues.push(issue(value.region, ['transferAcceleration'], `is not there in ${value.region}`));
    for (const { path, input, message } of identityIssues(value.identity))
      issues.push(issue(input, ['identity', ...path], message));
  }),
);

export type Environment = z.infer<typeof Environment>;

function notEncrypted(input: string, path: (string | number)[]) {
  return issue(input, path, 'is not https (http is for the local environment on 127.0.0.1 only)');
}

function issue(input: string, path: (string | number)[], message: string) {
  return { code: 'custom' as const, input, path, message };
}

/** The environment as typed, or one error that names every wrong field. */
export function parseEnvironment(input: unknown): Environment {
  const parsed = Environment.safeParse(input, { error: z.locales.en().localeError });
  if (parsed.success) return parsed.data;
  const name = z.object({ name: z.string() }).safeParse(input).data?.name ?? 'without a name';
  const fields = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'environment'}: ${message}`);
  throw new Error(`Environment ${name} in lib/environments.ts is wrong. ${fields.join('; ')}`);
}
