import { randomUUID } from 'node:crypto';
import { partSizeBytesOf, partsCountOf } from '../../contract/parts.ts';
import type { UploadRequest, UploadRequests } from '../../contract/schemas/upload.ts';
import { defaultProfile } from '../../profiles/default.ts';

export interface SinkAnswer {
  readonly status: number;
  readonly body: object;
}

/** The routes of the API that an upload takes, answered as if all had gone well; every file is available once declared. */
export const createSinkApi = (origin: string): ((route: string, body: unknown) => SinkAnswer) => {
  const declared = new Map<string, UploadRequest>();
  const expiresAt = new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString();

  const show = (id: string, state: 'pending' | 'available') => ({ id, state, ...declared.get(id) });
  const instructionFor = ({ sizeBytes }: UploadRequest, id: string) => {
    const url = `${origin}/sink/${id}`;
    if (sizeBytes <= defaultProfile.multipart.aboveSizeBytes)
      return { kind: 'single-put', method: 'PUT', url, headers: {}, expiresAt };
    const partSizeBytes = partSizeBytesOf(sizeBytes);
    const partsCount = partsCountOf(sizeBytes, partSizeBytes);
    return { kind: 'multipart', partSizeBytes, partsCount, checksumAlgorithm: 'SHA256', expiresAt };
  };
  const declare = (request: UploadRequest) => {
    const id = randomUUID();
    declared.set(id, request);
    return { document: show(id, 'pending'), upload: instructionFor(request, id) };
  };
  const links = (id: string, { parts }: { readonly parts: readonly object[] }) => ({
    method: 'PUT',
    urlTemplate: `${origin}/sink/${id}?partNumber={partNumber}&X-Amz-Signature={signature}`,
    headers: {},
    checksumHeader: 'x-amz-checksum-sha256',
    signatures: parts.map(() => '0'.repeat(64)),
    expiresAt,
  });

  return (route, body) => {
    const [, id = '', step] = /^\w+ \/v1\/documents\/([0-9a-f-]{36})(\/\w+)?$/.exec(route) ?? [];
    if (route === 'GET /v1/settings') return { status: 200, body: { multipart: defaultProfile.multipart } };
    if (route === 'POST /v1/documents') return { status: 201, body: declare(body as UploadRequest) };
    if (route === 'POST /v1/documents/batch')
      return { status: 200, body: { results: (body as UploadRequests).documents.map(declare) } };
    if (step === '/parts') return { status: 200, body: links(id, body as { parts: object[] }) };
    if (declared.has(id)) return { status: 200, body: show(id, 'available') };
    return { status: 404, body: { type: 'about:blank', detail: `The sink does not know ${route}.` } };
  };
};
