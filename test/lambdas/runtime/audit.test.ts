import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { routes } from '../../../contract/routes.ts';
import { History } from '../../../contract/schemas/history.ts';
import { apiHandler } from '../../../lambdas/runtime/api-handler.ts';
import { applyScanResult } from '../../../lambdas/usecases/apply-scan-result.ts';
import { deleteDocument } from '../../../lambdas/usecases/delete-document.ts';
import { getHistory } from '../../../lambdas/usecases/get-history.ts';
import { issueDownload } from '../../../lambdas/usecases/issue-download.ts';
import { restoreDocument } from '../../../lambdas/usecases/restore-document.ts';
import { apiEvent, authorizer, lambdaContext } from '../../support/api-event.ts';
import { spySigner } from '../../support/callers.ts';
import { availableRecord, documentsWorld } from '../../support/documents-world.ts';

/** One available document behind the handlers that read and change it. */
const world = () => {
  const it = documentsWorld({ record: availableRecord, stored: { state: 'available' } });
  // What the table would hold of the time before.
  const { documents } = it.deps;
  const id = `${it.record.tenantId}/${it.record.documentId}`;
  const declared = { at: '2026-11-21T10:00:00.000Z', by: 'owner-1', requestId: 'request-0' };
  const change = { kind: 'change', revision: 1, from: null, to: 'pending', cause: 'declared' } as const;
  documents.appended.set(`${id}#1`, { ...change, ...declared });
  const deps = { ...it.deps, signer: spySigner().signer, allowedOrigins: [] };
  const handlers = {
    download: apiHandler(routes.issueDownload, issueDownload(deps), deps),
    remove: apiHandler(routes.deleteDocument, deleteDocument(deps), deps),
    restore: apiHandler(routes.restoreDocument, restoreDocument(deps), deps),
    history: apiHandler(routes.getHistory, getHistory(deps), deps),
  };
  let requests = 0;
  const ask = async (name: keyof typeof handlers, sourceIp: string | null = '10.1.2.3', subjectId = 'owner-1') => {
    requests += 1;
    const requestId = `request-${requests}`;
    const event = apiEvent({
      pathParameters: { documentId: it.record.documentId },
      requestContext: { requestId, authorizer: { ...authorizer, subjectId }, identity: { sourceIp } },
    });
    const { statusCode, body } = await handlers[name](event, lambdaContext);
    return { statusCode, body: JSON.parse(body) };
  };
  const read = async () => z.parse(History, (await ask('history')).body).entries;
  return { ...it, ask, read };
};

describe('the history', () => {
  it('holds everything, in order: who, when, from, to, cause, from where, by which request', async () => {
    const { ask, read, deps, object, passTime } = world();
    await ask('download', '203.0.113.7');
    passTime('2026-11-21T10:02:00.000Z');
    await ask('remove', '2001:db8::1');
    // A clock that is behind does not put it in another order.
    passTime('2026-11-21T09:59:00.000Z');
    await ask('restore', '127.0.0.1');
    await ask('download', null);
    await applyScanResult(deps)({ object, verdict: 'THREATS_FOUND', requestId: 'message-9' });

    const entries = await read();
    const told = entries.map((entry) => [
      entry.kind === 'change' ? `${entry.from} > ${entry.to}, ${entry.cause}` : entry.kind,
      entry.revision,
      entry.by,
      entry.requestId,
      entry.addressClass,
    ]);
    expect(told).toEqual([
      ['null > pending, declared', 1, 'owner-1', 'request-0', undefined],
      ['pending > available, object-created', 2, 'record-upload', 'message-1', undefined],
      ['download-issued', 2, 'owner-1', 'request-1', 'public-ipv4'],
      ['available > deleted, user', 3, 'owner-1', 'request-2', 'public-ipv6'],
      ['deleted > available, user', 4, 'owner-1', 'request-3', 'loopback'],
      ['download-issued', 4, 'owner-1', 'request-4', 'unknown'],
      ['available > rejected, scan-verdict', 5, 'apply-scan-result', 'message-9', undefined],
    ]);
    expect(entries.map(({ at }) => at.slice(11, 16))).toEqual([
      '10:00',
      '10:01',
      '10:01',
      '10:02',
      '09:59',
      '09:59',
      '09:59',
    ]);
    expect(entries.at(-1)).toMatchObject({ rejectionReason: 'malware-found' });
  });

  it('says nothing of addresses, tenants, versions and keys', async () => {
    const { ask } = world();
    await ask('download', '203.0.113.7');
    await ask('remove', '203.0.113.8');
    const { body } = await ask('history');
    expect(JSON.stringify(body)).not.toMatch(/203\.0\.113|north-clinic|"v1"|documents\/|https:/);
  });

  it('is the owner’s alone', async () => {
    expect(await world().ask('history', '10.0.0.1', 'owner-2')).toMatchObject({ statusCode: 404 });
  });

  it('does not hold what was refused', async () => {
    const { ask, read } = world();
    await ask('remove');
    const before = await read();
    expect((await ask('download')).statusCode).toBe(409);
    expect((await ask('restore', '10.0.0.1', 'owner-2')).statusCode).toBe(404);
    expect((await ask('remove')).statusCode).toBe(200);
    expect(await read()).toEqual(before);
  });
});

it('a link that cannot be recorded is not given out, nor a change made that cannot be', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { ask, deps, current } = world();
  deps.documents.recordDownload = () => Promise.reject(Object.assign(new Error('away'), { name: 'TimeoutError' }));
  const refused = await ask('download');
  expect(refused.statusCode).toBe(503);
  expect(JSON.stringify(refused.body)).not.toContain('https://get');
  deps.documents.apply = () => Promise.reject(new Error('away'));
  expect((await ask('remove')).statusCode).toBe(500);
  expect(current().state).toBe('available');
  vi.restoreAllMocks();
});
