import { randomUUID } from 'node:crypto';
import { partRangeOf, partSizeBytesOf, partsCountOf } from '../../contract/parts.ts';
import type { PartsRequest } from '../../contract/schemas/parts.ts';
import type { UploadRequest, UploadRequests } from '../../contract/schemas/upload.ts';
import { s3ObjectSigner } from '../../lambdas/adapters/s3/object-signer.ts';
import { defaultProfile } from '../../profiles/default.ts';
import { credentials, region } from '../local-s3/signed.ts';
import { bareS3At, completion, expiresInSeconds, textOf } from './bare-s3.ts';

interface Declared extends UploadRequest {
  readonly id: string;
  readonly uploadId: string | undefined;
}

const checksumAlgorithm = 'SHA256';

/**
 * The routes that an upload by Sealdrop's client takes, at the least cost there can be, as `companion.ts` has those of Uppy:
 * nobody is asked who they are and nothing is recorded, but S3 is asked the same. What is signed is signed as the service
 * signs it. Undefined for any other path.
 */
export const standInFor = (s3Origin: string) => {
  const s3 = bareS3At(s3Origin);
  const signer = s3ObjectSigner({ endpoint: s3.endpoint, region, credentials: () => credentials });
  const documents = new Map<string, Declared>();
  const terms = (key: string) => ({ key, signedAt: new Date(), expiresInSeconds });
  const show = ({ uploadId: _, ...document }: Declared, state: 'pending' | 'available') => ({ ...document, state });

  const formOf = async ({ id, mediaType, sizeBytes, sha256 }: Declared) => {
    const sizes = { sizeBytesMin: sizeBytes, sizeBytesMax: sizeBytes };
    const described = { ...terms(id), ...sizes, mediaType, sha256, state: 'incoming', successStatus: '201' } as const;
    return { kind: 'form-post', method: 'POST', ...(await signer.signForm(described)) };
  };
  const putOf = async ({ id, mediaType, sizeBytes, sha256 = '' }: Declared) => {
    const described = { ...terms(id), mediaType, sizeBytes, sha256, state: 'incoming' } as const;
    return { kind: 'single-put', method: 'PUT', ...(await signer.signPut(described)) };
  };
  const partsOf = ({ sizeBytes }: Declared) => {
    const partSizeBytes = partSizeBytesOf(sizeBytes);
    const expiresAt = new Date(Date.now() + expiresInSeconds * 1000);
    const partsCount = partsCountOf(sizeBytes, partSizeBytes);
    return { kind: 'multipart', partSizeBytes, partsCount, checksumAlgorithm, expiresAt };
  };
  const begin = async (id: string): Promise<string> => {
    const headers = { 'x-amz-checksum-algorithm': checksumAlgorithm };
    return textOf(await s3.send({ method: 'POST', key: id, query: { uploads: '' }, headers }), 'UploadId');
  };
  const declare = async (request: UploadRequest) => {
    const id = randomUUID();
    const isLarge = request.sizeBytes > defaultProfile.multipart.aboveSizeBytes;
    const declared = { ...request, id, uploadId: isLarge ? await begin(id) : undefined };
    documents.set(id, declared);
    const instruct = isLarge ? partsOf : request.transfer === 'form' ? formOf : putOf;
    return { document: show(declared, 'pending'), upload: await instruct(declared) };
  };
  const signParts = async ({ id, sizeBytes, uploadId = '' }: Declared, { parts }: PartsRequest) => {
    const sized = parts.map((part) => {
      const { start, end } = partRangeOf(part.partNumber, sizeBytes, partSizeBytesOf(sizeBytes));
      return { ...part, sizeBytes: end - start };
    });
    return { method: 'PUT', ...(await signer.signParts({ ...terms(id), uploadId, parts: sized, checksumAlgorithm })) };
  };
  const complete = async (declared: Declared) => {
    const { id, uploadId = '' } = declared;
    const listed = (await s3.send({ method: 'GET', key: id, query: { uploadId } })).matchAll(/<Part>.*?<\/Part>/g);
    const parts = [...listed].map(([part]) => ({
      number: textOf(part, 'PartNumber'),
      etag: textOf(part, 'ETag'),
      sha256: textOf(part, 'ChecksumSHA256'),
    }));
    await s3.send({ method: 'POST', key: id, query: { uploadId } }, completion(parts));
    return show(declared, 'available');
  };

  return async (route: string, body: unknown): Promise<object | undefined> => {
    if (route === 'GET /v1/settings') return { multipart: defaultProfile.multipart };
    if (route === 'POST /v1/documents') return declare(body as UploadRequest);
    if (route === 'POST /v1/documents/batch')
      return { results: await Promise.all((body as UploadRequests).documents.map(declare)) };
    const [, id = '', step] = /^\w+ \/v1\/documents\/([0-9a-f-]{36})(\/\w+)?$/.exec(route) ?? [];
    const declared = documents.get(id);
    if (declared === undefined) return undefined;
    if (step === '/parts') return signParts(declared, body as PartsRequest);
    return step === '/complete' ? complete(declared) : show(declared, 'available');
  };
};
