import { describe, expect, it } from 'vitest';
import { limits } from '../../../contract/limits.ts';
import type { FormRequest } from '../../../contract/schemas/form.ts';
import { requestForm } from '../../../lambdas/usecases/request-form.ts';
import { defaultProfile } from '../../../profiles/default.ts';
import { clock, owner, params, spySigner, storageSettings } from '../../support/callers.ts';
import { memoryDocuments } from '../../support/memory-documents.ts';
import { memoryQuotas } from '../../support/memory-quotas.ts';
import { memoryUploads } from '../../support/memory-uploads.ts';

const build = (changes: Partial<typeof defaultProfile> = {}) => {
  const documents = memoryDocuments();
  const { asked, signer } = spySigner();
  const deps = {
    clock,
    ids: { next: () => params.documentId },
    documents,
    quotas: memoryQuotas(),
    signer,
    uploads: memoryUploads(),
    profile: { ...defaultProfile, ...changes },
    storageSettings,
    allowedOrigins: ['https://app.example.org'],
  };
  const ask = (body: Partial<FormRequest>) =>
    requestForm(deps)({
      caller: owner,
      requestId: 'r1',
      addressClass: 'private',
      body: { fileName: 'a.pdf', mediaType: 'application/pdf', ...body },
    });
  return { documents, asked, ask };
};

describe('asking for a form', () => {
  it('that brings a declared file holds S3 to size and hash', async () => {
    const { asked, ask, documents } = build();
    expect(await ask({ sizeBytes: 10, sha256: 'ab'.repeat(32) })).toMatchObject({
      ok: true,
      value: { document: { state: 'pending', sizeBytes: 10 }, form: { method: 'POST', url: 'https://form' } },
    });
    expect(asked.form).toMatchObject([
      { sizeBytesMin: 10, sizeBytesMax: 10, sha256: 'ab'.repeat(32), state: 'incoming', expiresInSeconds: 300 },
    ]);
    expect([...documents.records.values()]).not.toMatchObject([{ isSizeOpen: true }]);
  });

  it('for any file of the type takes what is accepted at all, and no more than one request may bring', async () => {
    const { asked, ask, documents } = build({ sizeBytesMax: 1000 });
    await ask({});
    expect(asked.form).toMatchObject([{ sizeBytesMin: 1, sizeBytesMax: 1000, sha256: undefined }]);
    expect([...documents.records.values()]).toMatchObject([{ sizeBytes: 1000, isSizeOpen: true }]);
    const large = build({ sizeBytesMax: limits.objectSizeBytesMax });
    await large.ask({});
    expect(large.asked.form).toMatchObject([{ sizeBytesMax: limits.singlePutSizeBytesMax }]);
    expect(await large.ask({ sizeBytes: limits.singlePutSizeBytesMax + 1 })).toMatchObject({
      ok: false,
      failure: { kind: 'invalid-request', errors: [{ pointer: '/sizeBytes' }] },
    });
  });

  it('leads back to pages of this application only', async () => {
    const { asked, ask } = build();
    await ask({ successRedirect: 'https://app.example.org/done?x=1' });
    expect(asked.form).toMatchObject([{ successRedirect: 'https://app.example.org/done?x=1' }]);
    for (const successRedirect of ['https://app.example.org.evil.example/', 'http://app.example.org/', 'javascript:1'])
      expect(await ask({ successRedirect })).toMatchObject({
        ok: false,
        failure: { kind: 'invalid-request', errors: [{ pointer: '/successRedirect' }] },
      });
  });
});
