import * as z from 'zod/mini';
import { type S3RequestWish, SignedS3Request } from '../../../../contract/schemas/s3-request.ts';
import { defaultProfile } from '../../../../profiles/default.ts';
import { aPdf } from './steps.ts';
import { asked, declarationOf, said, type Way } from './ways.ts';

const Declared = z.object({ document: z.object({ id: z.string() }) });

/** So large that it goes up in parts. */
const largePdf = (): Uint8Array => {
  const content = new Uint8Array(defaultProfile.multipart.aboveSizeBytes + 1);
  content.set(aPdf());
  return content;
};

/** Of a client that speaks S3 itself: each request by a link of its own. */
export const walkByLinks = async ({ api, at }: Omit<Way, 'loseEvents'>): Promise<void> => {
  const declared = async () => {
    const content = aPdf();
    return { content, id: (await api.declare(content)).document.id };
  };
  const ask = async (id: string, wish: S3RequestWish, body?: Uint8Array | string): Promise<string> => {
    const { url, method, headers } = z.parse(
      SignedS3Request,
      await asked(api, `/v1/documents/${id}/s3-requests`, wish),
    );
    if (wish.operation === 'PutObject') at('s3-put-send');
    return said(
      await fetch(url, {
        method,
        headers,
        ...(body !== undefined && { body: new Blob([new Uint8Array(Buffer.from(body))]) }),
      }),
    );
  };
  const begin = async (id: string): Promise<string> =>
    /<UploadId>(.*?)<\/UploadId>/.exec(await ask(id, { operation: 'CreateMultipartUpload' }))?.[1] ?? '';
  const declaredInParts = async (content: Uint8Array): Promise<string> => {
    const { sha256: _, ...hashless } = declarationOf(content);
    return z.parse(Declared, await asked(api, '/v1/documents', hashless)).document.id;
  };
  at('s3-put');
  const small = await declared();
  await ask(small.id, { operation: 'PutObject' }, small.content);
  at('s3-parts');
  const content = largePdf();
  const id = await declaredInParts(content);
  const uploadId = await begin(id);
  await ask(id, { operation: 'UploadPart', uploadId, partNumber: 1 }, content);
  at('s3-list');
  const etag = /<ETag>(.*?)<\/ETag>/.exec(await ask(id, { operation: 'ListParts', uploadId }))?.[1];
  at('s3-parts');
  const parts = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${etag}</ETag></Part></CompleteMultipartUpload>`;
  await ask(id, { operation: 'CompleteMultipartUpload', uploadId }, parts);
  at('s3-abort');
  const other = await declaredInParts(content);
  await ask(other, { operation: 'AbortMultipartUpload', uploadId: await begin(other) });
};
