import type { IncomingMessage } from 'node:http';
import type { Bucket } from '../buckets/bucket.ts';
import type { Buckets } from '../buckets/registry.ts';
import type { Answer } from '../http/answer.ts';
import type { RequestHeaders, S3Request } from '../http/request.ts';
import type { Refusal } from '../refusal.ts';
import type { Identity } from '../sigv4/authenticate.ts';
import type { Tags } from '../store/object-version.ts';
import type { Store } from '../store/store.ts';

/** One request of a proven and authorized caller. */
export interface Call {
  readonly request: S3Request;
  readonly bucket: Bucket;
  /** The empty text on operations of a bucket. */
  readonly key: string;
  readonly identity: Identity;
  readonly store: Store;
  readonly buckets: Buckets;
  readonly incoming: IncomingMessage;
  /** Tells a client that waits for `100 Continue` to send its body. */
  readonly continueBody: () => void;
  /** Tags the request brings, where the operation reads any. */
  readonly requestTags: Tags | undefined;
  /** Whether the caller may also do this with the same bucket or object, for answers that depend on it. */
  readonly mayAlso: (action: string, resource: 'bucket' | 'object') => boolean;
  /** The refusal, where the caller may not do this besides. */
  readonly demand: (action: string, resource: 'bucket' | 'object') => Refusal | undefined;
  /** The same caller's call of another operation, about another object; refused where that is not allowed. */
  readonly about: (operation: Operation, object: OtherObject) => Call | Refusal;
  /** Whether the queue is there and lets S3 put events of the bucket into it. */
  readonly mayNotify: (queueArn: string) => boolean;
  /** To be called after a change was committed that put messages into the outbox. */
  readonly wakeDelivery: () => void;
}

/** Who calls and with what, proven but not yet authorized. */
export type Caller = Pick<Call, 'request' | 'bucket' | 'identity' | 'incoming' | 'continueBody' | 'requestTags'>;

export interface OtherObject {
  readonly bucketName: string;
  readonly key: string;
  readonly versionId: string | undefined;
  /** What the other operation is to take for the headers of its request. */
  readonly headers: RequestHeaders;
}

/** One row of the operation table. */
export interface Operation {
  /** As the S3 API reference names it. */
  readonly name: string;
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly target: 'bucket' | 'object';
  /** The query parameter that tells this operation from others of the same method, for example `tagging`. */
  readonly subresource?: string;
  /** The request header that does, for example `x-amz-copy-source`. */
  readonly header?: string;
  /** Whether `s3:ExistingObjectTag/*` are in the request context (service authorization reference). */
  readonly knowsExistingTags?: boolean;
  /**
   * `s3:ObjectCreationOperation`: whether it makes an object, or only parts of one. Where present, the headers that
   * describe an object are in the request context.
   */
  readonly createsObject?: boolean;
  /** Request headers that change what the operation means, in ways this S3 does not know. */
  readonly refusedHeaders?: readonly string[];
  readonly refusedQuery?: readonly string[];
  /** Tags are read before the caller is authorized, because policies may ask for `s3:RequestObjectTag/*`. */
  readRequestTags?(call: Pick<Call, 'request' | 'identity' | 'incoming' | 'continueBody'>): Promise<Tags | Refusal>;
  /** The IAM actions a caller needs, all of them. */
  actions(request: S3Request): readonly string[];
  handle(call: Call): Promise<Answer | Refusal>;
}
