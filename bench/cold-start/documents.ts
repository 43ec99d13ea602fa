import { createHash } from 'node:crypto';
import type { DocumentRecord } from '../../lambdas/domain/document.ts';

/** The first bytes of a PDF, and all of this one. */
export const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n', 'latin1');

export const caller = { tenantId: 'north-clinic', subjectId: 'owner-1', roles: ['patient'] } as const;

const common = {
  tenantId: caller.tenantId,
  ownerId: caller.subjectId,
  fileName: 'report.pdf',
  mediaType: 'application/pdf',
  sizeBytes: pdf.length,
  createdAt: '2026-11-21T10:00:00.000Z',
  uploadExpiresAt: '2026-11-21T10:05:00.000Z',
  sweepAfter: '2026-11-21T11:05:00.000Z',
} as const;

const sha256 = createHash('sha256').update(pdf).digest('hex');

const declared = {
  revision: 1,
  at: common.createdAt,
  by: caller.subjectId,
  from: null,
  to: 'pending',
  cause: 'declared',
  requestId: 'request-1',
} as const;

export const pendingDocument = {
  ...common,
  sha256,
  documentId: '0190d0a0-1111-7000-8000-00000000000a',
  state: 'pending',
  lastChange: declared,
} as const satisfies DocumentRecord;

/** In parts, all of which the stub has. */
export const uploadingDocument: DocumentRecord = {
  ...common,
  sizeBytes: 20 * 1024 ** 2,
  documentId: '0190d0a0-3333-7000-8000-00000000000c',
  state: 'pending',
  uploadExpiresAt: '2099-11-22T10:00:00.000Z',
  sweepAfter: '2099-11-22T11:15:00.000Z',
  upload: { uploadId: 'upload-1', partSizeBytes: 8 * 1024 ** 2, checksumAlgorithm: 'SHA256' },
  lastChange: declared,
};

export const availableDocument: DocumentRecord = {
  ...common,
  sha256,
  documentId: '0190d0a0-2222-7000-8000-00000000000b',
  state: 'available',
  versionId: '3HL4kqtJvjVBH40Nrjfkd',
  etag: '"6805f2cfc46c0f04559748bb039d69ae"',
  availableAt: '2026-11-21T10:00:05.000Z',
  lastChange: {
    ...declared,
    revision: 2,
    by: 'record-upload',
    from: 'pending',
    to: 'available',
    cause: 'object-created',
  },
};
