import type { CallInput } from '../call.ts';
import type { Client } from '../create-client.ts';

/** One request that `@uppy/aws-s3` 6 is about to make to S3. `key` is the id of the document, see `registerDocuments`. */
export interface RequestToSign {
  readonly method: string;
  readonly key: string;
  readonly uploadId?: string;
  readonly partNumber?: number;
}

export interface SignedRequest {
  readonly url: string;
  readonly headers: Record<string, string>;
}

export type SignRequest = (request: RequestToSign) => Promise<SignedRequest>;

type Wish = CallInput<'signS3Request'>['body'];

/** What S3 will be asked for, by the method and what else is named (S3 API reference). */
function wishOf({ method, uploadId, partNumber }: RequestToSign): Wish {
  if (uploadId === undefined) {
    if (method === 'PUT') return { operation: 'PutObject' };
    if (method === 'POST') return { operation: 'CreateMultipartUpload' };
  } else {
    if (method === 'PUT' && partNumber !== undefined) return { operation: 'UploadPart', uploadId, partNumber };
    if (method === 'GET') return { operation: 'ListParts', uploadId };
    if (method === 'POST') return { operation: 'CompleteMultipartUpload', uploadId };
    if (method === 'DELETE') return { operation: 'AbortMultipartUpload', uploadId };
  }
  throw new Error('A client uploads only; nothing else of S3 is signed for it.');
}

/** What S3 is to hold a part, or at the completion the whole file, to: CRC-64/NVME in Base64. */
export type ChecksumOf = (request: RequestToSign) => Promise<string | undefined>;

/**
 * The `signRequest` of `@uppy/aws-s3` 6, for documents that were declared before, each under its id as key. Most use
 * `registerDocuments`, which does both.
 */
export const createSignRequest =
  ({ call }: Pick<Client, 'call'>, checksumOf?: ChecksumOf): SignRequest =>
  async (request) => {
    const wish = wishOf(request);
    const takesChecksum = wish.operation === 'UploadPart' || wish.operation === 'CompleteMultipartUpload';
    const crc64nvme = takesChecksum ? await checksumOf?.(request) : undefined;
    const body = crc64nvme === undefined ? wish : { ...wish, crc64nvme };
    const { url, headers } = await call('signS3Request', { params: { documentId: request.key }, body });
    return { url, headers };
  };
