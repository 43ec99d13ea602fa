import { describe, expect, it } from 'vitest';
import { documentHeaders } from '../../../contract/document-headers.ts';
import { routes } from '../../../contract/routes.ts';
import { viewOf } from '../../../lambdas/domain/view.ts';
import { apiHandler } from '../../../lambdas/runtime/api-handler.ts';
import { getDocument } from '../../../lambdas/usecases/get-document.ts';
import { headDocument } from '../../../lambdas/usecases/head-document.ts';
import { apiEvent, authorizer, lambdaContext } from '../../support/api-event.ts';
import { aRecord } from '../../support/arbitraries.ts';
import { addressOf, available, clock, params } from '../../support/callers.ts';
import { memoryDocuments } from '../../support/memory-documents.ts';

const settings = { clock, allowedOrigins: ['https://app.example.org'] };

const ask = async (record = available, headers: Record<string, string> = {}, subjectId = 'owner-1') => {
  const deps = { documents: memoryDocuments(record) };
  const event = (httpMethod: string) =>
    apiEvent(
      { httpMethod, pathParameters: params, headers: { Origin: 'https://app.example.org', ...headers } },
      { ...authorizer, subjectId },
    );
  const get = await apiHandler(
    routes.getDocument,
    getDocument({ ...deps, addressOf }),
    settings,
  )(event('GET'), lambdaContext);
  const head = await apiHandler(routes.headDocument, headDocument(deps), settings)(event('HEAD'), lambdaContext);
  return { get, head };
};

describe('the HEAD of a document', () => {
  it('says what there is to know of it, by header and without a body', async () => {
    const { get, head } = await ask();
    expect(head).toMatchObject({ statusCode: 200, body: '' });
    expect(head.headers).toMatchObject({
      ETag: get.headers?.ETag,
      'Content-Type': 'application/json',
      'Last-Modified': new Date(viewOf(available).updatedAt).toUTCString(),
      'X-Document-State': 'available',
      'X-Document-Size': String(available.sizeBytes),
      'X-Document-Media-Type': available.mediaType,
      'X-Document-Sha256': available.sha256,
      'X-Document-Created-At': available.createdAt,
      'X-Document-Updated-At': viewOf(available).updatedAt,
      'X-Document-Available-At': available.availableAt,
    });
  });

  it('leaves out when it became available where it never did', async () => {
    const { head } = await ask(aRecord({ documentId: available.documentId, state: 'pending' }));
    expect(head.headers).toMatchObject({ 'X-Document-State': 'pending' });
    expect(head.headers).not.toHaveProperty('X-Document-Available-At');
  });

  it('lets the page read each of its headers', async () => {
    const { head } = await ask();
    const exposed = String(head.headers?.['Access-Control-Expose-Headers']).split(', ');
    expect(exposed).toEqual(expect.arrayContaining(['ETag', ...Object.values(documentHeaders)]));
  });

  it('is 304 to who has it, as a GET is', async () => {
    const { get } = await ask();
    const { head } = await ask(available, { 'If-None-Match': String(get.headers?.ETag) });
    expect(head).toMatchObject({ statusCode: 304, body: '' });
  });

  it('is 404 with nothing said for a stranger and for what is not there, both the same', async () => {
    const stranger = await ask(available, {}, 'owner-2');
    const missing = await ask(aRecord({ documentId: '01890a5d-ac96-774b-bcce-b302099a8058' }));
    expect(stranger.head).toMatchObject({ statusCode: 404, body: '' });
    expect(stranger.head).toEqual(missing.head);
    expect(Object.keys(stranger.head.headers ?? {}).filter((name) => /^X-Document|ETag|Last/.test(name))).toEqual([]);
  });
});
