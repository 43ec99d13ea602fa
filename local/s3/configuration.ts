import type { Clock } from '../clock.ts';
import type { ReportFault } from '../fault-log.ts';
import type { AccessRequest, Decision } from '../iam/types.ts';
import type { Credential } from '../sigv4/credential.ts';
import type { Bucket } from './buckets/bucket.ts';
import type { Faults } from './control/faults.ts';
import type { LifecycleRule } from './lifecycle/rule.ts';

/**
 * One bucket as the template describes it. Names follow `AWS::S3::Bucket` of CloudFormation in lower camel case, so
 * that a reader of templates has little to translate.
 */
export interface BucketConfiguration {
  readonly name: string;
  readonly region: string;
  /**
   * true: every PUT makes a new version. `suspended`: every PUT replaces the version `null`, older ones stay. false: the
   * bucket never had versioning.
   */
  readonly versioning: boolean | 'suspended';
  readonly cors: readonly CorsRule[];
  readonly notifications: readonly QueueNotification[];
  /** `EventBridgeConfiguration`: whether new objects are told to the default event bus. @default - they are not */
  readonly eventBridge?: boolean;
  /** Default encryption, reported on answers. Absent: SSE-S3 (`AES256`), as on every bucket since January 2023. */
  readonly encryption?: BucketEncryption;
  /** `LifecycleConfiguration.Rules[]`. Absent: nothing is moved or removed after days. */
  readonly lifecycle?: readonly LifecycleRule[];
}

/** `CorsConfiguration.CorsRules[]`. Origins and headers may hold one `*` wildcard each. */
export interface CorsRule {
  readonly id?: string;
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders?: readonly string[];
  readonly exposedHeaders?: readonly string[];
  /** Seconds a browser may keep the preflight's answer. */
  readonly maxAge?: number;
}

/** `NotificationConfiguration.QueueConfigurations[]`; `queue` is the ARN of the queue. */
export interface QueueNotification {
  readonly id?: string;
  /** For example `s3:ObjectCreated:*` or `s3:ObjectCreated:Put`. */
  readonly event: string;
  readonly queue: string;
  readonly filter?: { readonly s3Key: { readonly rules: readonly FilterRule[] } };
}

export interface FilterRule {
  readonly name: 'prefix' | 'suffix';
  readonly value: string;
}

/** `ServerSideEncryptionByDefault` and `BucketKeyEnabled`. A claim only: data at rest on this machine stays plain. */
export interface BucketEncryption {
  readonly sseAlgorithm: 'AES256' | 'aws:kms' | 'aws:kms:dsse';
  readonly kmsMasterKeyId?: string;
  readonly bucketKeyEnabled?: boolean;
}

/** What `aws:SecureTransport` and `s3:TlsVersion` claim; `tlsVersion` as AWS writes it, `1.2` or `1.3`. */
export interface Transport {
  readonly secure: boolean;
  readonly tlsVersion?: string;
}

export interface LocalS3Options {
  /** Everything is kept in here: `metadata.sqlite` and `objects/`. One process at a time. */
  readonly dataDirectory: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly region: string;
  /** Those that are there from the start, whatever a former start had; clients may make others. */
  readonly buckets: readonly BucketConfiguration[];
  /** Account that owns these buckets, 12 digits. @default - 000000000000 */
  readonly account?: string;
  readonly credentials: (accessKeyId: string) => Credential | undefined;
  /** `bucket` is what is asked for, or whose object is; undefined where it is about none that is there. */
  readonly authorize: (request: AccessRequest, bucket: Bucket | undefined) => Decision;
  /** Whether a queue is there and takes the events of a bucket. @default - clients can name no queue */
  readonly mayNotify?: (bucketName: string, queueArn: string) => boolean;
  /**
   * Puts an event message into a queue, or an event on the default bus (`isForEventBridge`). Called again, also after a
   * restart, until it resolves: at least once.
   */
  readonly deliver: (message: { readonly queueArn: string; readonly body: string }) => Promise<void>;
  /** Hears of faults that no caller hears of. @default - the terminal */
  readonly report?: ReportFault;
  /** @default - the machine's clock */
  readonly clock?: Clock;
  /**
   * @default - secure, TLS 1.3. The listener speaks plain HTTP on the loopback interface, which stands for TLS here:
   * the bytes leave the machine no more than they would be readable on a wire. Set it to try policies that deny
   * insecure transport.
   */
  readonly transport?: Transport;
  /** Faults that a test in the same process asks for, made by `createFaults`. @default - none can happen */
  readonly faults?: Faults;
  /** Opens the control surface, for tests in other processes, on a port of its own; 0 takes a free one. @default - none */
  readonly control?: { readonly port: number };
  /** How long a request body may stand still before S3 gives up on it. @default 20 seconds, as S3 does */
  readonly idleTimeoutInMilliseconds?: number;
}

export interface LocalS3 {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Of the control surface, where one was asked for. */
  readonly controlOrigin: string | undefined;
  /**
   * Does what the lifecycle rules ask for at this moment of the clock; resolves when it is done. Runs by itself at the
   * start and on every day of the clock, so only whoever moves a clock needs it.
   */
  runLifecycle(): Promise<void>;
  /** Stops listening, waits for the event that is being delivered, closes the database. */
  close(): Promise<void>;
}
