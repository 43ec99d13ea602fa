import { describe, expect, it, vi } from 'vitest';
import type { Client } from '../../../client/index.ts';
import { createSignRequest, type RequestToSign } from '../../../client/uppy/index.ts';

const signed = { key: 'documents/…', method: 'PUT', url: 'https://s3.example/…', headers: { 'if-none-match': '*' } };

const setUp = () => {
  const call = vi.fn(async () => signed);
  return { call, signRequest: createSignRequest({ call: call as unknown as Client['call'] }) };
};

const of = (request: Omit<RequestToSign, 'key'>): RequestToSign => ({ key: 'the-document', ...request });

describe('createSignRequest', () => {
  it.each([
    [of({ method: 'PUT' }), { operation: 'PutObject' }],
    [of({ method: 'POST' }), { operation: 'CreateMultipartUpload' }],
    [of({ method: 'PUT', uploadId: 'u', partNumber: 3 }), { operation: 'UploadPart', uploadId: 'u', partNumber: 3 }],
    [of({ method: 'GET', uploadId: 'u' }), { operation: 'ListParts', uploadId: 'u' }],
    [of({ method: 'POST', uploadId: 'u' }), { operation: 'CompleteMultipartUpload', uploadId: 'u' }],
    [of({ method: 'DELETE', uploadId: 'u' }), { operation: 'AbortMultipartUpload', uploadId: 'u' }],
  ])('asks for %o to be signed', async (request, body) => {
    const { call, signRequest } = setUp();
    // Without a key of S3's: the one that Uppy has then stays the id of the document.
    expect(await signRequest(request)).toEqual({ url: signed.url, headers: signed.headers });
    expect(call).toHaveBeenCalledExactlyOnceWith('signS3Request', { params: { documentId: 'the-document' }, body });
  });

  it('has S3 held to the checksum of a part, and of the whole file at its completion', async () => {
    const call = vi.fn(async (..._asked: unknown[]) => signed);
    const checksumOf = async ({ partNumber }: RequestToSign) => (partNumber === undefined ? 'whole' : 'part');
    const signRequest = createSignRequest({ call: call as unknown as Client['call'] }, checksumOf);
    await signRequest(of({ method: 'PUT' }));
    await signRequest(of({ method: 'PUT', uploadId: 'u', partNumber: 3 }));
    await signRequest(of({ method: 'POST', uploadId: 'u' }));
    expect(call.mock.calls.map(([, input]) => (input as { body: unknown }).body)).toEqual([
      { operation: 'PutObject' },
      { operation: 'UploadPart', uploadId: 'u', partNumber: 3, crc64nvme: 'part' },
      { operation: 'CompleteMultipartUpload', uploadId: 'u', crc64nvme: 'whole' },
    ]);
  });

  it.each([{ method: 'DELETE' }, { method: 'GET' }, { method: 'PUT', uploadId: 'u' }])(
    'does not ask for %o',
    async (other) => {
      const { call, signRequest } = setUp();
      await expect(signRequest(of(other))).rejects.toThrow('uploads only');
      expect(call).not.toHaveBeenCalled();
    },
  );
});
