import { describe, expect, it } from 'vitest';
import { entityTagOf } from '../../../contract/entity-tag.ts';
import { limits } from '../../../contract/limits.ts';
import type { MetadataPatch } from '../../../contract/schemas/metadata.ts';
import type { Caller } from '../../../lambdas/domain/document.ts';
import { viewOf } from '../../../lambdas/domain/view.ts';
import { updateDocument } from '../../../lambdas/usecases/update-document.ts';
import { owner, strangers } from '../../support/callers.ts';
import { availableRecord, documentsWorld, type WorldOptions } from '../../support/documents-world.ts';

const world = (options: WorldOptions = { record: availableRecord }) => {
  const it = documentsWorld(options);
  let requests = 0;
  const update = (
    body: MetadataPatch,
    { caller = owner, tag = entityTagOf(viewOf(it.current())) }: { caller?: Caller; tag?: string } = {},
  ) =>
    updateDocument(it.deps)({
      caller,
      requestId: `request-${++requests}`,
      addressClass: 'private',
      params: { documentId: it.record.documentId },
      body,
      hasSeen: (entityTag) => entityTag === tag,
    });
  return { ...it, update, tag: () => entityTagOf(viewOf(it.current())) };
};
const failed = (kind: string) => ({ ok: false, failure: expect.objectContaining({ kind }) });

describe('changing what is said about a document', () => {
  it('shows the change, gives it a new tag, and keeps what happened', async () => {
    const { update, tag, current, deps } = world();
    const before = tag();
    const answer = await update({ title: 'Letter', tags: ['a'] });
    expect(answer).toMatchObject({
      ok: true,
      value: { title: 'Letter', tags: ['a'], metadataRevision: 1, revision: 2 },
    });
    expect(tag()).not.toBe(before);
    await update({ title: 'Another letter' });
    expect(await deps.documents.history(current())).toMatchObject([
      { kind: 'change', revision: 2 },
      { kind: 'metadata-changed', revision: 2, by: 'owner-1', fields: ['title', 'tags'], addressClass: 'private' },
      { kind: 'metadata-changed', revision: 2, fields: ['title'] },
    ]);
  });

  it('that is not the one the client saw is refused, and loses nothing', async () => {
    const { update, tag, current } = world();
    const seen = tag();
    await update({ title: 'first' });
    expect(await update({ title: 'second' }, { tag: seen })).toEqual(failed('precondition-failed'));
    expect(current().metadata).toEqual({ title: 'first' });
  });

  it('that changed between the look and the write is refused', async () => {
    const { update, deps, current } = world();
    const { describe: write } = deps.documents;
    deps.documents.describe = async (record, metadata, change) => {
      deps.documents.describe = write;
      await update({ title: 'faster' });
      return write(record, metadata, change);
    };
    expect(await update({ title: 'slower' })).toEqual(failed('precondition-failed'));
    expect(current().metadata).toEqual({ title: 'faster' });
  });

  it('by a call whose answer was lost and that was sent again succeeds', async () => {
    const { update, deps } = world();
    const { describe: write } = deps.documents;
    deps.documents.describe = async (...change) => {
      await write(...change);
      return write(...change);
    };
    expect(await update({ title: 'once' })).toMatchObject({ ok: true, value: { title: 'once', metadataRevision: 1 } });
  });

  it('never takes the change of somebody else for its own, though the request has the same id', async () => {
    const { update, deps, current, passTime } = world();
    const { describe: write } = deps.documents;
    deps.documents.describe = async (record, metadata, change) => {
      await write(record, { title: 'theirs' }, { ...change, at: '2026-11-21T10:00:59.000Z', fields: ['title'] });
      return write(record, metadata, change);
    };
    passTime('2026-11-21T10:01:00.000Z');
    expect(await update({ title: 'ours' })).toEqual(failed('precondition-failed'));
    expect(current().metadata).toEqual({ title: 'theirs' });
  });

  it('to what it says already writes nothing', async () => {
    const { update, current } = world({ record: { ...availableRecord, metadata: { title: 'a' } } });
    expect(await update({ title: 'a', category: null })).toMatchObject({ ok: true, value: { metadataRevision: 0 } });
    expect(current()).not.toHaveProperty('lastMetadataChange');
  });

  it('to what the profile does not take is refused by field', async () => {
    const { update } = world();
    expect(await update({ category: 'holiday' })).toMatchObject({
      ok: false,
      failure: { kind: 'invalid-request', errors: [{ pointer: '/category' }] },
    });
  });

  it('never gives a document more attributes than a declaration may, however many changes it takes', async () => {
    const { update, current } = world();
    const attributes = Object.fromEntries(Array.from({ length: limits.attributesMax }, (_, i) => [`a${i}`, 'x']));
    await update({ attributes });
    expect(await update({ attributes: { more: 'y' } })).toMatchObject({
      ok: false,
      failure: { kind: 'invalid-request', errors: [{ pointer: '/attributes' }] },
    });
    expect(current().metadata).toEqual({ attributes });
    expect(await update({ attributes: { more: 'y', a0: null } })).toMatchObject({ ok: true });
  });

  it('is not refused for what it does not touch: filed by staff, or taken by an earlier profile', async () => {
    const metadata = { category: 'holiday', subject: { type: 'case', id: 'c1' } };
    const { update } = world({ record: { ...availableRecord, metadata } });
    expect(await update({ title: 'a', subject: metadata.subject })).toMatchObject({ ok: true });
    expect(await update({ category: 'party', subject: { type: 'case', id: 'c2' } })).toMatchObject({
      ok: false,
      failure: { errors: [{ pointer: '/category' }, { pointer: '/subject' }] },
    });
  });

  it.each(['expired', 'purging', 'purged'] as const)('that is %s is a conflict', async (state) => {
    const { update } = world({ record: { ...availableRecord, state } });
    expect(await update({ title: 'a' })).toEqual({ ok: false, failure: { kind: 'state-conflict', state } });
  });

  it('of someone else is as if it were not there; who may read it only is told so', async () => {
    const subject = { type: 'patient', id: 'p7' };
    const { update } = world({ record: { ...availableRecord, metadata: { subject } } });
    for (const caller of strangers)
      expect(await update({ title: 'a' }, { caller })).toEqual(failed('document-not-found'));
    const reader: Caller = { ...owner, subjectId: 'p7' };
    expect(await update({ title: 'a' }, { caller: reader })).toEqual(failed('not-permitted'));
  });
});
