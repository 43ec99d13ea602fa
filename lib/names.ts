import type { FunctionName } from '../contract/functions.ts';
import type { QueueName } from '../contract/queues.ts';
import type { Environment } from './environment.ts';

type Named = Pick<Environment, 'name'>;

/** Beside the functions' roles there is the one that GuardDuty scans with. */
export const scannerRole = 'malware-scanner' as const;

/**
 * The physical names of an environment. Everything else is named by CloudFormation, which can then replace it; these
 * few must be known before the resource exists, because two resources name each other:
 *
 * - bucket: its notifications name the queue, the queue's policy names the bucket.
 * - roles: the bucket policy (data) names the verifier's role (service), its policy names the bucket.
 * - trail: the log bucket's policy names the trail, the trail names the log bucket.
 * - scan rule: its target is the queue, whose policy names the rule.
 *
 * Queues and alarms have names for people: the redrive finds the ones, a message of the topic tells of the others.
 *
 * The longest is the trail bucket's, 63 characters at most (S3 user guide, "Bucket naming rules"): hence an
 * environment's name has at most 16. Roles are global in an account: one environment has one account and region.
 */
export const names = {
  documentsBucket: (environment: Environment): string => bucketName(environment, 'documents'),
  trailBucket: (environment: Environment): string => bucketName(environment, 'trail'),
  trail: (environment: Environment): string => `sealdrop-${environment.name}`,
  role: (environment: Environment, name: FunctionName | typeof scannerRole): string =>
    `sealdrop-${environment.name}-${name}`,
  eventBus: (environment: Environment): string => `sealdrop-${environment.name}`,
  scanRule: (environment: Environment): string => `sealdrop-${environment.name}-scan-results`,
  alarm: (environment: Environment, name: string): string => `sealdrop-${environment.name}-${name}`,
  /** Of CloudWatch: two environments of one account do not share a metric. */
  metricNamespace: (environment: Environment): string => `sealdrop-${environment.name}`,
  queue: (environment: Named, name: QueueName): string => `sealdrop-${environment.name}-${name}`,
  deadLetters: (environment: Named, name: QueueName): string => `${names.queue(environment, name)}-dead-letters`,
  /** For people only: the pool is known by its id. */
  userPool: (environment: Environment): string => `sealdrop-${environment.name}`,
  stack: (environment: Environment, name: string): string => `sealdrop-${environment.name}-${name}`,
};

/** The functions that may read what is not verified. */
export const verifiers = ['record-upload', 'sweep'] as const satisfies readonly FunctionName[];

/** The functions that may change the state tag; each role bounds to which states. */
export const stateWriters = [
  ...verifiers,
  'apply-scan-result',
  'delete-document',
  'restore-document',
] as const satisfies readonly FunctionName[];

/** The functions that make objects of parts. */
export const completers = [
  'complete-upload',
  'sign-s3-request',
  'companion',
] as const satisfies readonly FunctionName[];

/** The functions that sign forms. */
export const formSigners = [
  'request-upload',
  'request-uploads',
  'request-form',
  'companion',
] as const satisfies readonly FunctionName[];

function bucketName({ name, account, region }: Environment, purpose: string): string {
  return `sealdrop-${name}-${purpose}-${account}-${region}`;
}
