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

/**
 * The `signRequest` of `@uppy/aws-s3` 6, for documents that were declared before, each under its id as key. Most use
 * `registerDocuments`, which does both.
 */
export const createSignRequest =
  ({ call }: Pick<Client, 'call'>): SignRequest =>
  async (request) => {
    const { url, headers } = await call('signS3Request', {
      params: { documentId: request.key },
      body: wishOf(request),
    });
    return { url, headers };
  };
