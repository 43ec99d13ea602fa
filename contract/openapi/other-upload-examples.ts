import type { RouteExample } from './examples.ts';

/** Examples of the other ways to bring a file. */

const documentId = '019aa8f2-7c1e-7b3a-9c55-2f6d8e0b4a17';
const key = `documents/north-clinic/17/${documentId}`;
const uploadId = 'VXBsb2FkIElEIGZvciA2aWWpbmcncyBteS1tb3ZpZS5tMnRzIHVwbG9hZA';
const uploadToken = '3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const origin = 'https://amzn-s3-demo-bucket.s3.eu-central-1.amazonaws.com';
const signed = `${origin}/${key}?partNumber=1&uploadId=…&X-Amz-Signature=…`;

const document = {
  id: documentId,
  revision: 1,
  metadataRevision: 0,
  state: 'pending',
  fileName: 'letter.pdf',
  mediaType: 'application/pdf',
  sizeBytes: 5_368_709_120,
  uploadedBy: 'a3f1c9',
  createdAt: '2026-11-21T10:00:00.000Z',
  updatedAt: '2026-11-21T10:00:00.000Z',
  uploadExpiresAt: '2026-11-21T10:05:00.000Z',
};

const fields = {
  'content-type': 'application/pdf',
  key,
  tagging: '<Tagging><TagSet><Tag><Key>sealdrop-state</Key><Value>incoming</Value></Tag></TagSet></Tagging>',
  'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
  'X-Amz-Credential': 'AKIAIOSFODNN7EXAMPLE/20261121/eu-central-1/s3/aws4_request',
  'X-Amz-Date': '20261121T100000Z',
  Policy: 'eyJleHBpcmF0aW9uIjoi…',
  'X-Amz-Signature': '…',
};

const named = { params: { uploadId }, query: { key } };
const parts = [{ PartNumber: 1, ETag: '"9b2cf535f27731c974343645a3985328"' }];

const companion = {
  companionForm: {
    query: { filename: 'letter.pdf', type: 'application/pdf' },
    answer: { method: 'POST', url: `${origin}/`, fields, expires: 300 },
  },
  companionCreate: {
    body: { filename: 'scan.pdf', type: 'application/pdf', metadata: { title: 'Scan' } },
    answer: { key, uploadId, bucket: 'amzn-s3-demo-bucket' },
  },
  companionListParts: { ...named, answer: [{ ...parts[0], Size: 8_388_608 }] },
  companionSignPart: {
    params: { uploadId, partNumber: '1' },
    query: { key },
    answer: { url: signed, expires: 300 },
  },
  companionSignBatch: {
    params: { uploadId },
    query: { key, partNumbers: '1,2' },
    answer: { presignedUrls: { 1: signed, 2: signed } },
  },
  companionComplete: {
    ...named,
    body: { parts },
    answer: { location: `${origin}/${key}`, key, bucket: 'amzn-s3-demo-bucket' },
  },
  companionAbort: { ...named, answer: {} },
  companionCredentials: { answer: {} },
};

/** The same calls with the token in their paths. */
const byToken = (example: RouteExample): RouteExample => ({
  ...example,
  params: { uploadToken, ...example.params },
});

export const otherUploadExamples = {
  requestForm: {
    body: { fileName: 'letter.pdf', mediaType: 'application/pdf' },
    answer: { document, form: { method: 'POST', url: `${origin}/`, fields, expiresAt: '2026-11-21T10:05:00.000Z' } },
  },
  createUploadToken: {
    answer: {
      token: uploadToken,
      companionUrl: `https://api.example.com/live/u/${uploadToken}`,
      expiresAt: '2026-11-21T11:00:00.000Z',
    },
  },
  signS3Request: {
    params: { documentId },
    body: { operation: 'UploadPart', uploadId, partNumber: 1 },
    answer: { key, method: 'PUT', url: signed, headers: {}, expiresAt: '2026-11-21T10:05:00.000Z' },
  },
  ...companion,
  tokenCompanionForm: byToken(companion.companionForm),
  tokenCompanionCreate: byToken(companion.companionCreate),
  tokenCompanionListParts: byToken(companion.companionListParts),
  tokenCompanionSignPart: byToken(companion.companionSignPart),
  tokenCompanionSignBatch: byToken(companion.companionSignBatch),
  tokenCompanionComplete: byToken(companion.companionComplete),
  tokenCompanionAbort: byToken(companion.companionAbort),
  tokenCompanionCredentials: byToken(companion.companionCredentials),
};
