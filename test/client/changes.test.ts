import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../client/index.ts';
import { fileOf, rejectionOf, withCloud } from './support/with-cloud.ts';

describe('changing a document', () => {
  it('deletes and restores it, with the document as it is then', () =>
    withCloud(async ({ cloud, client }) => {
      const { id } = await client.upload(fileOf(10));
      const deleted = await client.deleteDocument(id);
      expect(deleted).toMatchObject({ id, state: 'deleted', purgeAfter: expect.stringMatching(/Z$/) });
      expect(await client.restoreDocument(id)).toMatchObject({ id, state: 'available' });
      expect(cloud.requests.slice(-2)).toEqual([`DELETE /v1/documents/${id}`, `POST /v1/documents/${id}/restore`]);
    }));

  it.each(['deleteDocument', 'restoreDocument'] as const)('%s says why it cannot be', (name) =>
    withCloud(async ({ cloud, client }) => {
      const { id } = await client.upload(fileOf(10));
      const stored = cloud.documents.get(id);
      if (stored !== undefined) stored.document = { ...stored.document, state: 'scanning' };
      const error = await rejectionOf(client[name](id));
      expect(error).toBeInstanceOf(ProblemError);
      expect(error).toMatchObject({ kind: 'state-conflict', status: 409, problem: { state: 'scanning' } });
    }),
  );

  it('is made once more where the answer was lost, for deleting twice is deleting once', () =>
    withCloud(async ({ cloud, client }) => {
      const { id } = await client.upload(fileOf(10));
      cloud.faults.push({ on: /^DELETE/, cut: 'after' });
      expect(await client.deleteDocument(id)).toMatchObject({ state: 'deleted' });
      expect(cloud.requests.filter((request) => request.startsWith('DELETE'))).toHaveLength(2);
    }));

  it('stops with its signal', () =>
    withCloud(async ({ client }) => {
      const { id } = await client.upload(fileOf(10));
      const signal = AbortSignal.abort(new Error('left'));
      for (const name of ['deleteDocument', 'restoreDocument', 'getHistory'] as const) {
        expect(await rejectionOf(client[name](id, { signal }))).toBe(signal.reason);
      }
    }));
});

it('reads the history of a document', () =>
  withCloud(async ({ cloud, client }) => {
    const { id } = await client.upload(fileOf(10));
    const stored = cloud.documents.get(id);
    const at = '2026-01-01T00:00:00.000Z';
    const change = {
      kind: 'change',
      revision: 1,
      at,
      by: 'owner-1',
      requestId: 'r',
      from: null,
      to: 'pending',
    } as const;
    if (stored !== undefined) stored.history = { entries: [{ ...change, cause: 'declared' }] };
    expect(await client.getHistory(id)).toEqual(stored?.history);
  }));
