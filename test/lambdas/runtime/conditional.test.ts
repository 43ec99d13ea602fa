import { describe, expect, it } from 'vitest';
import { routes } from '../../../contract/routes.ts';
import { viewOf } from '../../../lambdas/domain/view.ts';
import { apiHandler } from '../../../lambdas/runtime/api-handler.ts';
import { deleteDocument } from '../../../lambdas/usecases/delete-document.ts';
import { getDocument } from '../../../lambdas/usecases/get-document.ts';
import { getHistory } from '../../../lambdas/usecases/get-history.ts';
import { restoreDocument } from '../../../lambdas/usecases/restore-document.ts';
import { apiEvent, authorizer, lambdaContext } from '../../support/api-event.ts';
import { availableRecord, documentsWorld } from '../../support/documents-world.ts';

/** The handlers of one document, as the gateway calls them. */
const handlersOfOne = () => {
  const world = documentsWorld({ record: availableRecord, stored: { state: 'available' } });
  const settings = { ...world.deps, allowedOrigins: ['https://app.example.org'] };
  const handlers = {
    get: apiHandler(routes.getDocument, getDocument(world.deps), settings),
    history: apiHandler(routes.getHistory, getHistory(world.deps), settings),
    remove: apiHandler(routes.deleteDocument, deleteDocument(world.deps), settings),
    restore: apiHandler(routes.restoreDocument, restoreDocument(world.deps), settings),
  };
  const ask = async (name: keyof typeof handlers, headers: Record<string, string> = {}, subjectId = 'owner-1') => {
    const pathParameters = { documentId: world.record.documentId };
    const event = apiEvent(
      { pathParameters, headers: { Origin: 'https://app.example.org', ...headers } },
      { ...authorizer, subjectId },
    );
    const { statusCode, headers: answered = {}, body } = await handlers[name](event, lambdaContext);
    return { statusCode, headers: answered, body };
  };
  return { ...world, ask };
};

const tagOf = ({ headers }: { headers: Record<string, unknown> }) => String(headers.ETag);

describe('a conditional GET', () => {
  it('answers 304 without a body where the client has the document as it is', async () => {
    const { ask } = handlersOfOne();
    const first = await ask('get');
    const again = await ask('get', { 'if-NONE-match': `"other", ${tagOf(first)}` });
    expect(again).toMatchObject({ statusCode: 304, body: '' });
    expect(again.headers).toMatchObject({
      ETag: tagOf(first),
      'Cache-Control': 'no-store',
      Vary: expect.stringContaining('Origin'),
      'X-Request-Id': 'request-1',
      'Access-Control-Allow-Origin': 'https://app.example.org',
      'Access-Control-Expose-Headers': 'X-Request-Id, Retry-After, ETag, X-S3-Key, X-S3-URL, X-S3-Upload-Success',
    });
    expect(again.headers['Content-Type']).toBeUndefined();
    expect((await ask('get', { 'If-None-Match': '*' })).statusCode).toBe(304);
  });

  it('shows the document again after each change of it', async () => {
    const { ask, current } = handlersOfOne();
    const seen = await ask('get');
    await ask('remove');
    const changed = await ask('get', { 'If-None-Match': tagOf(seen) });
    expect(changed.statusCode).toBe(200);
    expect(JSON.parse(changed.body)).toEqual(viewOf(current()));
    expect(tagOf(changed)).not.toBe(tagOf(seen));
  });

  it('is first of all a request: who may not read the document learns nothing from a tag', async () => {
    const { ask } = handlersOfOne();
    for (const ifNoneMatch of ['*', tagOf(await ask('get'))]) {
      const foreign = await ask('get', { 'If-None-Match': ifNoneMatch }, 'owner-2');
      expect(foreign.statusCode).toBe(404);
      expect(foreign.headers.ETag).toBeUndefined();
    }
  });
});

describe('the answer to a change', () => {
  it('carries the tag that the document has from then on', async () => {
    const { ask } = handlersOfOne();
    for (const name of ['remove', 'restore'] as const) {
      const changed = await ask(name);
      expect(changed.statusCode).toBe(200);
      expect(await ask('get', { 'If-None-Match': tagOf(changed) })).toMatchObject({ statusCode: 304 });
    }
  });

  it('is no 304, whatever tag the request carries: the change is made', async () => {
    const { ask, current } = handlersOfOne();
    expect((await ask('remove', { 'If-None-Match': '*' })).statusCode).toBe(200);
    expect(current().state).toBe('deleted');
  });
});

it('an answer without a tag exposes none', async () => {
  const { headers, statusCode } = await handlersOfOne().ask('history', { 'If-None-Match': '*' });
  expect(statusCode).toBe(200);
  expect(headers.ETag).toBeUndefined();
  expect(headers['Access-Control-Expose-Headers']).toBe('X-Request-Id, Retry-After');
});
