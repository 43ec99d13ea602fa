import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { limits } from '../../../contract/limits.ts';
import { Problem, problemKinds } from '../../../contract/problems.ts';
import { routes } from '../../../contract/routes.ts';
import { fail, ok } from '../../../lambdas/domain/result.ts';
import { apiHandler } from '../../../lambdas/runtime/api-handler.ts';
import { apiEvent, authorizer, lambdaContext } from '../../support/api-event.ts';

const settings = {
  clock: { now: () => new Date('2026-11-21T10:00:00Z') },
  allowedOrigins: ['https://app.example.org', 'https://other.example.org'],
};
const declared = { fileName: 'a.pdf', mediaType: 'application/pdf', sizeBytes: 10, sha256: 'ab'.repeat(32) };
const useCase = vi.fn();
const post = apiHandler(routes.requestUpload, useCase, settings);
const get = apiHandler(routes.getDocument, useCase, settings);
const list = apiHandler(routes.listDocuments, useCase, settings);

afterEach(() => {
  vi.restoreAllMocks();
  useCase.mockReset();
});

const answer = async (handler: typeof post, event: ReturnType<typeof apiEvent>) => {
  const { statusCode, headers, body } = await handler(event, lambdaContext);
  return { statusCode, headers: headers ?? {}, body: JSON.parse(body) };
};

const problem = async (handler: typeof post, event: ReturnType<typeof apiEvent>) => {
  const answered = await answer(handler, event);
  expect(answered.headers['Content-Type']).toBe('application/problem+json');
  expect(z.safeParse(z.strictObject(Problem.shape), answered.body).error).toBeUndefined();
  expect(answered.body).toMatchObject({ status: answered.statusCode, requestId: 'request-1' });
  expect(answered.body.detail).toMatch(/^[A-Z].*\.$/);
  expect(answered.headers['Cache-Control']).toBe('no-store');
  return answered.body as Problem;
};
const kindOf = ({ type }: Problem) => type.split('/').at(-1);

describe('a good request', () => {
  it('reaches the use case parsed, and its value is the answer', async () => {
    useCase.mockResolvedValue(ok({ answer: 42 }));
    const answered = await answer(post, apiEvent({ body: JSON.stringify(declared) }));
    expect(useCase).toHaveBeenCalledWith({
      caller: { tenantId: 'north-clinic', subjectId: 'owner-1' },
      requestId: 'request-1',
      body: declared,
    });
    expect(answered).toMatchObject({ statusCode: 201, body: { answer: 42 } });
  });

  it('is answered with headers that keep it private', async () => {
    useCase.mockResolvedValue(ok({}));
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

  it('of a foreign origin gets no CORS header', async () => {
    useCase.mockResolvedValue(ok({}));
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

describe('a bad request', () => {
  it.each([
    ['malformed-json', '{'],
    ['malformed-json', '[1'],
    ['malformed-json', '{"__proto__":{}}'],
    ['invalid-request', null],
  ])('is %s with the body %j and never reaches the use case', async (kind, body) => {
    expect(kindOf(await problem(post, apiEvent({ body })))).toBe(kind);
    expect(useCase).not.toHaveBeenCalled();
  });

  it.each(['text/plain', 'multipart/form-data', undefined])('of content type %s is 415', async (type) => {
    const event = apiEvent({
      body: JSON.stringify(declared),
      headers: type === undefined ? {} : { 'Content-Type': type },
    });
    expect(kindOf(await problem(post, event))).toBe('unsupported-media-type');
  });

  it.each<[string, unknown]>([
    ['/fileName', { ...declared, fileName: '' }],
    ['/fileName', { ...declared, fileName: 'x'.repeat(256) }],
    ['/fileName', { ...declared, fileName: 7 }],
    ['/mediaType', { ...declared, mediaType: 'pdf' }],
    ['/sizeBytes', { ...declared, sizeBytes: 0 }],
    ['/sizeBytes', { ...declared, sizeBytes: -1 }],
    ['/sizeBytes', { ...declared, sizeBytes: 1.5 }],
    ['/sizeBytes', { ...declared, sizeBytes: '10' }],
    ['/sha256', { ...declared, sha256: undefined }],
    ['/sha256', { ...declared, sha256: 'AB'.repeat(32) }],
    ['/sha256', { ...declared, sha256: 'ab'.repeat(31) }],
    ['/owner', { ...declared, owner: 'me' }],
    ['/a~1b~0c', { ...declared, 'a/b~c': 1 }],
    ['', [declared]],
    ['', null],
    ['', 'text'],
  ])('is told that %j does not fit', async (pointer, body) => {
    const refused = await problem(post, apiEvent({ body: JSON.stringify(body) }));
    expect(kindOf(refused)).toBe('invalid-request');
    expect(refused.errors?.map((error) => error.pointer)).toEqual([pointer]);
    for (const { detail } of refused.errors ?? []) expect(detail).toMatch(/^[A-Z].*\.$/);
    expect(useCase).not.toHaveBeenCalled();
  });

  it('takes a name of 1 and of 255 characters', async () => {
    useCase.mockResolvedValue(ok({}));
    for (const fileName of ['x', 'x'.repeat(255)])
      expect((await answer(post, apiEvent({ body: JSON.stringify({ ...declared, fileName }) }))).statusCode).toBe(201);
  });

  it('with a body over the limit is 413', async () => {
    const body = JSON.stringify({ ...declared, fileName: 'x'.repeat(limits.requestBodySizeBytesMax) });
    expect(kindOf(await problem(post, apiEvent({ body })))).toBe('body-too-large');
  });

  it.each(['0', '101', '-1', '1e2', ' 5', ''])('with limit=%j is told so', async (limit) => {
    const refused = await problem(list, apiEvent({ queryStringParameters: { limit } }));
    expect(refused.errors?.map(({ pointer }) => pointer)).toEqual(['query:limit']);
  });

  it.each(['x', '01890A5D-AC96-774B-BCCE-B302099A8057', '01890a5d-ac96-474b-bcce-b302099a8057'])(
    'with the id %j is told so',
    async (documentId) => {
      const refused = await problem(get, apiEvent({ pathParameters: { documentId } }));
      expect(refused.errors?.map(({ pointer }) => pointer)).toEqual(['path:documentId']);
    },
  );
});

describe('the caller', () => {
  it.each([
    ['unauthenticated', {}],
    ['unauthenticated', { ...authorizer, tenantId: '' }],
    ['unauthenticated', { ...authorizer, subjectId: '' }],
    ['unauthenticated', { ...authorizer, expiresAt: String(Date.parse('2026-11-21T10:00:00Z') / 1000) }],
    ['unauthenticated', { ...authorizer, expiresAt: 'never' }],
    ['insufficient-scope', { ...authorizer, scopes: 'documents:read' }],
    ['insufficient-scope', { ...authorizer, scopes: '' }],
  ])('is %s with the context %j', async (kind, context) => {
    expect(kindOf(await problem(post, apiEvent({ body: JSON.stringify(declared) }, context)))).toBe(kind);
    expect(useCase).not.toHaveBeenCalled();
  });
});

describe('a refusal of the use case', () => {
  it('carries its facts', async () => {
    useCase.mockResolvedValue(fail({ kind: 'document-not-available', state: 'pending' }));
    const refused = await problem(
      get,
      apiEvent({ pathParameters: { documentId: '01890a5d-ac96-774b-bcce-b302099a8057' } }),
    );
    expect(refused).toMatchObject({ ...problemKinds['document-not-available'], state: 'pending' });
  });
});

describe('an error of ours', () => {
  const secret = 'SECRET patient name X-Amz-Signature=abc';
  const failing = (error: Error) => {
    useCase.mockRejectedValue(error);
    return apiEvent({ body: JSON.stringify(declared) });
  };

  it('is answered without its message and logged without it', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const refused = await problem(post, failing(new Error(secret)));
    expect(kindOf(refused)).toBe('internal-error');
    expect(JSON.stringify(refused)).not.toContain('SECRET');
    expect(log).toHaveBeenCalled();
    expect(JSON.stringify(log.mock.calls)).toContain('REQUEST_FAILED');
    expect(JSON.stringify(log.mock.calls)).not.toContain('SECRET');
  });

  it.each([
    ['throttling', { name: 'ProvisionedThroughputExceededException' }],
    ['a time-out', { name: 'TimeoutError' }],
    ['what the SDK would try again', { $retryable: { throttling: true } }],
    ['a fault of AWS', { $metadata: { httpStatusCode: 500 } }],
  ])('that is %s asks to come back', async (_what, facts) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { statusCode, headers } = await answer(post, failing(Object.assign(new Error(secret), facts)));
    expect({ statusCode, retryAfter: headers['Retry-After'] }).toEqual({ statusCode: 503, retryAfter: '1' });
  });
});
