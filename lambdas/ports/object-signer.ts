import type { ChecksumAlgorithm } from '../../contract/checksums.ts';
import type { ObjectState } from '../../contract/states.ts';

export interface SignedRequest {
  readonly url: string;
  /** Headers the client must send exactly so, besides host and content-length. */
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAt: Date;
}

/** Of one object, signed now. SigV4 counts in whole seconds: a link lives from the whole second of `signedAt`. */
interface ToSign {
  readonly key: string;
  readonly signedAt: Date;
  readonly expiresInSeconds: number;
}

/** What is said of the object that an upload makes. */
interface ObjectToBe {
  readonly mediaType: string;
  readonly state: ObjectState;
  readonly retentionClass?: string | undefined;
}

export interface PutToSign extends ToSign, ObjectToBe {
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

export interface GetToSign extends ToSign {
  readonly versionId: string;
  readonly mediaType: string;
  readonly contentDisposition: string;
}

/** Parts of one multipart upload. All of them have a length or none, and all a checksum or none. */
export interface PartsToSign extends ToSign {
  readonly uploadId: string;
  /** `checksum` in Base64, as S3 writes it, of the upload's algorithm. */
  readonly parts: readonly {
    readonly partNumber: number;
    readonly sizeBytes?: number | undefined;
    readonly checksum?: string | undefined;
  }[];
  readonly checksumAlgorithm: ChecksumAlgorithm;
}

/** The URL of a part is the template with `{partNumber}` and `{signature}` replaced, each of which occurs once. */
export interface SignedParts {
  readonly urlTemplate: string;
  /** What must be sent with every part. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where checksums were given: the header that each part's own must be sent in. */
  readonly checksumHeader?: 'x-amz-checksum-sha256' | 'x-amz-checksum-crc64nvme';
  /** Hexadecimal, in the order asked. */
  readonly signatures: readonly string[];
  readonly expiresAt: Date;
}

export interface FormToSign extends ToSign, ObjectToBe {
  /** Both inclusive. */
  readonly sizeBytesMin: number;
  readonly sizeBytesMax: number;
  /** Hexadecimal. */
  readonly sha256?: string | undefined;
  /** Kept by S3 as `x-amz-meta-*`; names without that start, in lower case. */
  readonly fileMetadata?: Readonly<Record<string, string>> | undefined;
  /** Where the browser goes afterwards. */
  readonly successRedirect?: string | undefined;
  /** 201: S3 answers with a document that names the object. */
  readonly successStatus?: '201' | undefined;
}

export interface SignedForm {
  readonly url: string;
  /** The same bucket by the name that serves IPv6 too, where it has one. It takes the same form. */
  readonly dualStackUrl?: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly expiresAt: Date;
}

/** One request to S3 of a client that speaks S3 itself. Of an upload, what it must be is signed in where it is known. */
export type S3RequestToSign = ToSign &
  ObjectToBe &
  (
    | { readonly operation: 'PutObject'; readonly sizeBytes: number; readonly sha256: string }
    | { readonly operation: 'CreateMultipartUpload' }
    | {
        readonly operation: 'UploadPart';
        readonly uploadId: string;
        readonly partNumber: number;
        readonly sizeBytes?: number | undefined;
        /** Hexadecimal. */
        readonly sha256?: string | undefined;
        /** Base64. */
        readonly crc64nvme?: string | undefined;
      }
    | { readonly operation: 'ListParts' | 'AbortMultipartUpload'; readonly uploadId: string }
    | {
        readonly operation: 'CompleteMultipartUpload';
        readonly uploadId: string;
        /** Of the whole object. */
        readonly sizeBytes?: number | undefined;
        /** Of the whole object, in Base64. */
        readonly crc64nvme?: string | undefined;
      }
  );

export interface SignedS3Request extends SignedRequest {
  readonly method: 'DELETE' | 'GET' | 'POST' | 'PUT';
}

export interface ObjectSigner {
  signPut(upload: PutToSign): Promise<SignedRequest>;
  signGet(download: GetToSign): Promise<SignedRequest>;
  signParts(parts: PartsToSign): Promise<SignedParts>;
  signForm(form: FormToSign): Promise<SignedForm>;
  signRequest(request: S3RequestToSign): Promise<SignedS3Request>;
}
