import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { problemOf } from '../../../lambdas/runtime/problem.ts';
import { requestUploads } from '../../../lambdas/usecases/request-uploads.ts';
import { defaultProfile } from '../../../profiles/default.ts';
import { addressOf, clock, owner, params, spySigner, storageSettings } from '../../support/callers.ts';
import { memoryDocuments } from '../../support/memory-documents.ts';
import { memoryQuotas } from '../../support/memory-quotas.ts';
import { memoryUploads } from '../../support/memory-uploads.ts';

const document = { fileName: 'a.pdf', mediaType: 'application/pdf', sizeBytes: 10, sha256: 'ab'.repeat(32) };
const claim = { resourceId: params.documentId, isRepeated: false };

const build = () => {
  const documents = memoryDocuments();
  const underWay = { now: 0, most: 0 };
  const create: typeof documents.create = async (record) => {
    underWay.now += 1;
    underWay.most = Math.max(underWay.most, underWay.now);
    await new Promise(setImmediate);
    underWay.now -= 1;
    return documents.create(record);
  };
  let count = 0;
  const declare = requestUploads({
    clock,
    ids: { next: () => `${params.documentId.slice(0, -3)}${String(count++).padStart(3, '0')}` },
    documents: { ...documents, create },
    quotas: memoryQuotas(),
    signer: spySigner().signer,
    uploads: memoryUploads(),
    addressOf,
    profile: defaultProfile,
    storageSettings,
    problemOf,
    digest: (text) => createHash('sha256').update(text).digest('hex'),
  });
  const input = { caller: owner, requestId: 'r1', addressClass: 'private', apiUrl: 'https://api' } as const;
  return { documents, underWay, declare, input };
};

describe('declaring many files', () => {
  it('answers each as if it had been declared by itself, in their order', async () => {
    const { documents, declare, input } = build();
    const refused = { ...document, mediaType: 'text/html' };
    const result = await declare({
      ...input,
      body: { documents: [document, refused, { ...document, fileName: 'b' }] },
    });
    expect(result).toMatchObject({
      ok: true,
      value: {
        results: [
          { document: { fileName: 'a.pdf' }, upload: { kind: 'single-put' } },
          { problem: { type: 'https://api/problems/media-type-not-allowed', requestId: 'r1' } },
          { document: { fileName: 'b' } },
        ],
      },
    });
    expect(documents.records.size).toBe(2);
  });

  it('makes the same documents of the same claim, each with an id of its own that is as old as the claim’s', async () => {
    const { documents, declare, input } = build();
    const body = { documents: [document, document] };
    const first = await declare({ ...input, claim, body });
    expect(await declare({ ...input, claim: { ...claim, isRepeated: true }, body })).toMatchObject({
      value: {
        results: first.ok ? first.value.results.map((each) => ({ document: 'document' in each && each.document })) : [],
      },
    });
    const ids = [...documents.records.values()].map(({ documentId }) => documentId);
    expect(ids).toHaveLength(2);
    for (const id of ids) expect(id).toMatch(/^01890a5d-ac96-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('asks for a few at once, and not for all: each would wait for all others, and be given up', async () => {
    const { documents, declare, input, underWay } = build();
    await declare({ ...input, body: { documents: Array.from({ length: 100 }, () => document) } });
    expect(documents.records.size).toBe(100);
    expect(underWay.most).toBe(25);
  });

  it('is for nobody who may not declare', async () => {
    const { declare, input } = build();
    const nobody = { ...owner, roles: [] };
    expect(await declare({ ...input, caller: nobody, body: { documents: [document] } })).toEqual({
      ok: false,
      failure: { kind: 'not-permitted' },
    });
  });
});
