import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import type { Invocation } from '../../../local/functions/types.ts';
import { serveGateway } from '../../../local/gateway/http.ts';
import type { GatewayPlan } from '../../../local/gateway/types.ts';
import { failure, gatewayOf, header, lambda, messageOf, open, request } from './support/gateway.ts';

describe('a function that does not do well', () => {
  it.each<[string, Invocation]>([
    ['fails', failure('broken')],
    ['answers no object', { ok: true, payload: 'fine' }],
    ['answers without a status', { ok: true, payload: { body: 'fine' } }],
    ['answers a body that is no text', { ok: true, payload: { statusCode: 200, body: {} } }],
    ['answers a status that is no answer', { ok: true, payload: { statusCode: 100 } }],
    ['answers a status that is none', { ok: true, payload: { statusCode: 1000 } }],
    ['answers two headers in one', { ok: true, payload: { statusCode: 200, headers: { a: 'b\r\nc: d' } } }],
    ['answers a header with no name', { ok: true, payload: { statusCode: 200, multiValueHeaders: { 'a b': ['c'] } } }],
    ['answers something API Gateway does not know', { ok: true, payload: { statusCode: 200, cookies: [] } }],
  ])('is a bad gateway when it %s', async (_, invocation) => {
    const answer = await gatewayOf({ lambda: () => invocation }).handle(request());
    expect([answer.status, messageOf(answer)]).toEqual([502, 'Internal server error']);
  });

  it('is a gateway timeout when it takes too long', async () => {
    const routes = [{ ...open, integration: { ...lambda, timeoutMs: 1 } }];
    const { handle } = gatewayOf({ lambda: () => Promise.withResolvers<Invocation>().promise }, { routes });
    const answer = await handle(request({ path: '/open' }));
    expect([answer.status, messageOf(answer)]).toEqual([504, 'Endpoint request timed out']);
  });

  it('leaves no timer behind when it cannot be called', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { handle } = gatewayOf({ lambda: () => Promise.reject(new Error('no such function')) });
    await expect(handle(request({ path: '/open' }))).rejects.toThrow('no such function');
    const left = vi.getTimerCount();
    vi.useRealTimers();
    expect(left).toBe(0);
  });

  it('is spared a body that Lambda would not take', async () => {
    const tooLarge: Invocation = {
      ok: false,
      error: { errorType: 'RequestEntityTooLargeException', errorMessage: 'Request must be smaller' },
    };
    expect((await gatewayOf({ lambda: () => tooLarge }).handle(request())).status).toBe(413);
  });
});

it('passes a 304 on with its tag and without a body or a length', async () => {
  const unchanged: Invocation = { ok: true, payload: { statusCode: 304, headers: { ETag: '"1.r3"' }, body: '' } };
  const { handle, calls } = gatewayOf({ lambda: () => unchanged });
  const server = createServer((incoming, response) => void serveGateway(handle, incoming, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/open`, { headers: { 'If-None-Match': '"1.r3"' } });
  const { status, headers } = response;
  expect([status, headers.get('etag'), headers.get('content-length')]).toEqual([304, '"1.r3"', null]);
  expect(await response.text()).toBe('');
  expect(calls()[0]).toMatchObject({ headers: { 'If-None-Match': '"1.r3"' } });
  server.close();
});

it('answers a HEAD without a body, and without a length that it does not know', async () => {
  const head: Invocation = { ok: true, payload: { statusCode: 200, headers: { 'X-Document-State': 'deleted' } } };
  const { handle, calls } = gatewayOf({ lambda: () => head }, { routes: [{ ...open, method: 'HEAD' }] });
  const server = createServer((incoming, response) => void serveGateway(handle, incoming, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const { status, headers } = await fetch(`http://127.0.0.1:${port}/open`, { method: 'HEAD' });
  expect([status, headers.get('x-document-state'), headers.get('content-length')]).toEqual([200, 'deleted', null]);
  expect(calls()[0]).toMatchObject({ httpMethod: 'HEAD' });
  server.close();
});

describe('gateway responses', () => {
  it('are those of the template, with the variables filled in', async () => {
    const responses: GatewayPlan['responses'] = new Map([
      [
        'UNAUTHORIZED',
        {
          status: 499,
          headers: { 'Content-Type': 'application/problem+json', 'X-Extra': 'yes' },
          template: '{"id":"$context.requestId","type":"$context.error.responseType","path":"$context.path"}',
        },
      ],
    ]);
    const answer = await gatewayOf({}, { responses }).handle(request({ headers: [] }));

    expect(answer.status).toBe(499);
    expect(JSON.parse(answer.body)).toEqual({
      id: header(answer, 'x-amzn-RequestId'),
      type: 'UNAUTHORIZED',
      path: '/v1/documents',
    });
    expect([header(answer, 'Content-Type'), header(answer, 'X-Extra')]).toEqual(['application/problem+json', 'yes']);
  });

  it('fall back to the default of their hundred', async () => {
    const responses: GatewayPlan['responses'] = new Map([
      ['DEFAULT_4XX', { headers: {}, template: 'four' }],
      ['DEFAULT_5XX', { headers: {}, template: 'five' }],
    ]);
    const { handle } = gatewayOf({ lambda: () => failure('broken') }, { responses });
    expect(await handle(request({ headers: [] }))).toMatchObject({ status: 401, body: 'four' });
    expect(await handle(request())).toMatchObject({ status: 502, body: 'five' });
  });
});
