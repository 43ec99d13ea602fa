import { describe, expect, it } from 'vitest';
import { entityTagOf } from '../../../contract/entity-tag.ts';
import { limits } from '../../../contract/limits.ts';
import { problemKinds } from '../../../contract/problems.ts';
import { fail, ok } from '../../../lambdas/domain/result.ts';
import { apiEvent } from '../../support/api-event.ts';
import { answer, declared, get, instruction, list, post, problem, useCase } from '../../support/api-handler.ts';

describe('a good request', () => {
  it('reaches the use case parsed, and its value is the answer', async () => {
    useCase.mockResolvedValue(ok(instruction));
    const answered = await answer(post, apiEvent({ body: JSON.stringify(declared) }));
    expect(useCase).toHaveBeenCalledWith({
      caller: { tenantId: 'north-clinic', subjectId: 'owner-1', roles: ['patient'] },
      requestId: 'request-1',
      addressClass: 'public-ipv4',
      body: declared,
    });
    expect(answered).toMatchObject({
      statusCode: 201,
      headers: { ETag: entityTagOf(instruction.document) },
      body: instruction,
    });
  });

  it('is answered with headers that keep it private', async () => {
    useCase.mockResolvedValue(ok(instruction));
    const { headers } = await answer(post, apiEvent({ body: JSON.stringify(declared) }));
    expect(headers).toMatchObject({
      'Cache-Control': 'no-store',
      'Access-Control-Allow-Origin': 'https://app.example.org',
      'X-Request-Id': 'request-1',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    });
    expect(headers['Strict-Transport-Security']).toBeDefined();
    expect(headers['X-Powered-By']).toBeUndefined();
  });

  it('has an id of bounded length, though its client may choose it: it is part of keys', async () => {
    useCase.mockResolvedValue(ok(instruction));
    const requestId = 'r'.repeat(1500);
    const event = apiEvent({ body: JSON.stringify(declared), requestContext: { requestId } });
    const { headers } = await answer(post, event);
    const kept = requestId.slice(0, limits.requestIdLengthMax);
    expect(useCase).toHaveBeenCalledWith(expect.objectContaining({ requestId: kept }));
    expect(headers['X-Request-Id']).toBe(kept);
  });

  it('of a foreign origin gets no CORS header', async () => {
    useCase.mockResolvedValue(ok(instruction));
    const event = apiEvent({
      body: JSON.stringify(declared),
      headers: { 'content-TYPE': 'application/json', origin: 'https://evil.example' },
    });
    const { headers, statusCode } = await answer(post, event);
    expect(statusCode).toBe(201);
    expect(headers['Access-Control-Allow-Origin']).toBeUndefined();
  });

  it('may leave out the query', async () => {
    useCase.mockResolvedValue(ok({ documents: [] }));
    await answer(list, apiEvent({ queryStringParameters: { limit: '7' } }));
    expect(useCase).toHaveBeenLastCalledWith(expect.objectContaining({ query: { limit: 7 } }));
    await answer(list, apiEvent());
    expect(useCase).toHaveBeenLastCalledWith(expect.objectContaining({ query: {} }));
  });
});

describe('a refusal of the use case', () => {
  it('says sizes as people do, never more than is taken', async () => {
    useCase.mockResolvedValue(fail({ kind: 'file-too-large', sizeBytesMax: 100 * 1024 ** 2 }));
    const refused = await problem(post, apiEvent({ body: JSON.stringify(declared) }));
    expect(refused).toMatchObject({ detail: 'Choose a file of at most 104.8 MB.', sizeBytesMax: 104_857_600 });
  });

  it('carries its facts', async () => {
    useCase.mockResolvedValue(fail({ kind: 'document-not-available', state: 'pending' }));
    const refused = await problem(
      get,
      apiEvent({ pathParameters: { documentId: '01890a5d-ac96-774b-bcce-b302099a8057' } }),
    );
    expect(refused).toMatchObject({ ...problemKinds['document-not-available'], state: 'pending' });
  });
});
