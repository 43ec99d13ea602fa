import fc from 'fast-check';
import type { DocumentRecord } from '../../lambdas/domain/document.ts';

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));

export const uuidV7 = fc
  .tuple(hex(8), hex(4), hex(3), fc.constantFrom('8', '9', 'a', 'b'), hex(3), hex(12))
  .map(([a, b, c, variant, d, e]) => `${a}-${b}-7${c}-${variant}${d}-${e}`);

export const tenantId = fc.stringMatching(/^[a-z0-9-]{1,64}$/);

export const aRecord = (changes: Partial<DocumentRecord> = {}): DocumentRecord => ({
  tenantId: 'north-clinic',
  documentId: '01890a5d-ac96-774b-bcce-b302099a8057',
  ownerId: 'owner-1',
  state: 'pending',
  fileName: 'report.pdf',
  mediaType: 'application/pdf',
  sizeBytes: 3,
  sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  createdAt: '2026-11-21T10:00:00.000Z',
  uploadExpiresAt: '2026-11-21T10:05:00.000Z',
  sweepAfter: '2026-11-21T11:05:00.000Z',
  dueAt: '2026-11-21T11:05:00.000Z',
  lastChange: {
    revision: 1,
    at: '2026-11-21T10:00:00.000Z',
    by: 'owner-1',
    from: null,
    to: 'pending',
    cause: 'declared',
    requestId: 'request-1',
  },
  ...changes,
});
