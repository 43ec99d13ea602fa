import { describe, expect, it } from 'vitest';
import { limits } from '../../../contract/limits.ts';
import { ok } from '../../../lambdas/domain/result.ts';
import { apiEvent } from '../../support/api-event.ts';
import { answer, declared, get, instruction, kindOf, list, post, problem, useCase } from '../../support/api-handler.ts';

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
    ['/checksumAlgorithm', { ...declared, checksumAlgorithm: 'MD5' }],
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

  it('is told of the name of an attribute what one may be, and of a long one its beginning only', async () => {
    const attributes = { 'a b': 1, [`A${'x'.repeat(10_000)}`]: 2 };
    const refused = await problem(post, apiEvent({ body: JSON.stringify({ ...declared, attributes }) }));
    const detail = expect.stringMatching(/^The name of an attribute is 1 to 64/);
    expect(refused.errors).toEqual([
      { pointer: '/attributes/a b', detail },
      { pointer: `/attributes/A${'x'.repeat(63)}`, detail },
    ]);
  });

  it('takes a name of 1 and of 255 characters', async () => {
    useCase.mockResolvedValue(ok(instruction));
    for (const fileName of ['x', 'x'.repeat(255)])
      expect((await answer(post, apiEvent({ body: JSON.stringify({ ...declared, fileName }) }))).statusCode).toBe(201);
  });

  it('with a body over the limit is 413', async () => {
    const body = JSON.stringify({ ...declared, fileName: 'x'.repeat(limits.requestBodySizeBytesMax) });
    expect(kindOf(await problem(post, apiEvent({ body })))).toBe('body-too-large');
  });

  it('is not one for a body that the route does not ask for', async () => {
    useCase.mockResolvedValue(ok({ documents: [] }));
    const body = 'x'.repeat(limits.requestBodySizeBytesMax + 1);
    expect((await answer(list, apiEvent({ body }))).statusCode).toBe(200);
  });

  it.each(['0', '101', '-1', '1e2', ' 5', ''])('with limit=%j is told so', async (limit) => {
    const refused = await problem(list, apiEvent({ queryStringParameters: { limit } }));
    expect(refused.errors?.map(({ pointer }) => pointer)).toEqual(['query:limit']);
  });

  it.each<[string, string]>([
    ['category', 'Lab'],
    ['state', 'gone'],
    ['tag', ''],
    ['tag', 'x'.repeat(limits.tagLengthMax + 1)],
    ['mediaType', 'pdf'],
    ['createdFrom', '2026-02-29'],
    ['createdFrom', '2026-02-28T10:00:00'],
    ['createdTo', '2026-02-28T10:00:00.0001Z'],
    ['createdTo', 'yesterday'],
    ['documentDateFrom', '2026-02-28T10:00:00Z'],
    ['documentDateTo', '2026-13-01'],
    ['text', ''],
    ['text', 'x'.repeat(limits.searchTextLengthMax + 1)],
    ['text', 'a\u0000'],
    ['cursor', ''],
    ['Limit', '1'],
    ['__proto__', '1'],
  ])('with %s=%j is told so', async (name, value) => {
    const query = Object.fromEntries([[name, value]]);
    const refused = await problem(list, apiEvent({ queryStringParameters: query }));
    expect(refused.errors?.map(({ pointer }) => pointer)).toEqual([`query:${name}`]);
    for (const { detail } of refused.errors ?? []) expect(detail).toMatch(/^[A-Z].*\.$/);
    expect(useCase).not.toHaveBeenCalled();
  });

  it('with a parameter twice is told so, whichever was meant', async () => {
    const refused = await problem(
      list,
      apiEvent({
        queryStringParameters: { limit: '2', text: 'b' },
        multiValueQueryStringParameters: { limit: ['1', '2'], text: ['b'] },
      }),
    );
    expect(refused.errors).toEqual([{ pointer: 'query:limit', detail: 'Give this parameter once.' }]);
  });

  it.each([
    { createdFrom: '2026-02-28', createdTo: '2026-02-28T10:00:00.123+02:00' },
    { tag: 'x'.repeat(limits.tagLengthMax), text: 'é'.repeat(limits.searchTextLengthMax) },
    { category: 'lab', state: 'pending', mediaType: 'image/png', documentDateFrom: '2024-02-29', limit: '100' },
  ])('is none with %j', async (queryStringParameters) => {
    useCase.mockResolvedValue(ok({ documents: [] }));
    expect((await answer(list, apiEvent({ queryStringParameters }))).statusCode).toBe(200);
  });

  it.each(['x', '01890A5D-AC96-774B-BCCE-B302099A8057', '01890a5d-ac96-474b-bcce-b302099a8057'])(
    'with the id %j is told so',
    async (documentId) => {
      const refused = await problem(get, apiEvent({ pathParameters: { documentId } }));
      expect(refused.errors?.map(({ pointer }) => pointer)).toEqual(['path:documentId']);
    },
  );
});
