/** Examples of the routes of uploads in parts: one scan of 20 MiB, in three parts. */

const documentId = '019aa8f2-7c1e-7b3a-9c55-2f6d8e0b4a17';
const params = { documentId };

const pending = {
  id: documentId,
  revision: 1,
  metadataRevision: 0,
  state: 'pending',
  fileName: 'MRT Knie.pdf',
  mediaType: 'application/pdf',
  sizeBytes: 20_971_520,
  category: 'images',
  uploadedBy: 'a3f1c9',
  createdAt: '2026-11-21T10:00:00.000Z',
  updatedAt: '2026-11-21T10:00:00.000Z',
  uploadExpiresAt: '2026-11-22T10:00:00.000Z',
};

const checksum = 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=';

export const multipartExamples = {
  signParts: {
    params,
    body: {
      parts: [
        { partNumber: 2, checksum },
        { partNumber: 3, checksum },
      ],
    },
    answer: {
      method: 'PUT',
      urlTemplate:
        'https://amzn-s3-demo-bucket.s3.eu-central-1.amazonaws.com/documents/north/17/…?X-Amz-Signature={signature}&partNumber={partNumber}&uploadId=…',
      headers: {},
      checksumHeader: 'x-amz-checksum-sha256',
      signatures: ['5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7', '…'],
      expiresAt: '2026-11-21T10:05:00.000Z',
    },
  },
  listParts: {
    params,
    answer: {
      partSizeBytes: 8_388_608,
      partsCount: 3,
      checksumAlgorithm: 'SHA256',
      expiresAt: '2026-11-22T10:00:00.000Z',
      parts: [{ partNumber: 1, sizeBytes: 8_388_608, etag: '"9b2cf535f27731c974343645a3985328"', checksum }],
    },
  },
  completeUpload: { params, body: { checksum }, answer: pending },
  abortUpload: { params, answer: pending },
};
