import { describe, expect, it } from 'vitest';
import { routes } from '../../../contract/routes.ts';
import { linkTokens } from '../../../lambdas/adapters/link-tokens.ts';
import { apiHandler } from '../../../lambdas/runtime/api-handler.ts';
import { createLink } from '../../../lambdas/usecases/create-link.ts';
import { restoreDocument } from '../../../lambdas/usecases/restore-document.ts';
import { apiEvent, lambdaContext } from '../../support/api-event.ts';
import { availableRecord, documentsWorld } from '../../support/documents-world.ts';
import { memoryLinks } from '../../support/memory-links.ts';

const deletedRecord = {
  ...availableRecord,
  state: 'deleted',
  deletedFrom: 'available',
  purgeAfter: '2027-02-19T10:02:00.000Z',
} as const;

const otherId = (documentId: string): string => documentId.replace('0189', '0190');

/** Status, whether it is said to be repeated, and the body as far as there is one. */
const ask = async (
  handler: ReturnType<typeof apiHandler>,
  documentId: string,
  body?: object,
): Promise<readonly [number, unknown, Record<string, string>]> => {
  const event = apiEvent({
    pathParameters: { documentId },
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'k' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const { statusCode, headers, body: answered } = await handler(event, lambdaContext);
  return [statusCode, headers?.['Idempotent-Replayed'], JSON.parse(answered)];
};

const reused = [422, undefined, { type: expect.stringMatching(/idempotency-key-reused$/) }];

describe('restoring with a key', () => {
  it('is bound to the document, and answers the same again', async () => {
    const { deps, record } = documentsWorld({ record: deletedRecord });
    const handler = apiHandler(routes.restoreDocument, restoreDocument(deps), { ...deps, allowedOrigins: [] });
    expect(await ask(handler, record.documentId)).toMatchObject([200, undefined, { state: 'available' }]);
    expect(await ask(handler, record.documentId)).toMatchObject([200, 'true', { state: 'available' }]);
    expect(await ask(handler, otherId(record.documentId))).toMatchObject(reused);
  });
});

describe('sharing with a key', () => {
  it('is bound to document and wish; sent again it makes another link, for nobody keeps the token of the first', async () => {
    const { deps, record } = documentsWorld({ record: availableRecord });
    const links = memoryLinks();
    const share = createLink({ ...deps, links, linkTokens });
    const handler = apiHandler(routes.createLink, share, { ...deps, allowedOrigins: [] });
    const [first, second] = [await ask(handler, record.documentId, {}), await ask(handler, record.documentId, {})];
    expect([first[0], first[1], second[0], second[1]]).toEqual([201, undefined, 201, 'true']);
    expect(second[2].url).not.toBe(first[2].url);
    expect(await ask(handler, record.documentId, { disposition: 'inline' })).toMatchObject(reused);
    expect(await ask(handler, otherId(record.documentId), {})).toMatchObject(reused);
    expect(links.kept.size).toBe(2);
  });
});
