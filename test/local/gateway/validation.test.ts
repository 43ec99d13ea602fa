import { describe, expect, it } from 'vitest';
import { failure, gatewayOf, messageOf, request } from './support/gateway.ts';

describe('request validation', () => {
  const post = (body: string, contentType?: string) =>
    request({
      method: 'POST',
      body,
      headers: [...request().headers, ...(contentType ? ([['Content-Type', contentType]] as const) : [])],
    });

  it.each([
    ['another shape', '{"name":1}'],
    ['a missing property', '{}'],
    ['no JSON', '{'],
    ['nothing', ''],
  ])('refuses %s', async (_, body) => {
    const { handle, calls } = gatewayOf();
    const answer = await handle(post(body, 'application/json; charset=utf-8'));

    expect([answer.status, messageOf(answer)]).toEqual([400, 'Invalid request body']);
    expect(calls()).toEqual([]);
  });

  it.each([
    ['a body that fits', '{"name":"a"}', 'application/json'],
    ['another content type', 'no json', 'text/plain'],
  ])('lets %s pass', async (_, body, contentType) => {
    const { handle, calls } = gatewayOf();
    await handle(post(body, contentType));
    expect(calls()).toMatchObject([{ body }]);
  });

  it('takes a body without a content type for JSON', async () => {
    expect((await gatewayOf().handle(post('no json'))).status).toBe(400);
  });

  it('comes after the authorizer', async () => {
    const { handle } = gatewayOf({ authorizer: () => failure('Unauthorized') });
    expect((await handle(post('{'))).status).toBe(401);
  });
});

describe('limits', () => {
  it('refuses a body that was too large to be read', async () => {
    const { handle, calls } = gatewayOf();
    const answer = await handle(request({ body: undefined }));
    expect([answer.status, messageOf(answer)]).toEqual([413, 'Request Too Long']);
    expect(calls()).toEqual([]);
  });

  it('throttles the stage, and lets pass again as time goes by', async () => {
    const { handle, clock } = gatewayOf({}, { throttle: { requestsPerSecond: 2, burst: 3 } });
    const send = async (count: number) => {
      const answers = await Promise.all(Array.from({ length: count }, () => handle(request({ path: '/open' }))));
      return answers.map(({ status }) => status);
    };
    expect(await send(4)).toEqual([200, 200, 200, 429]);
    clock.advance(500);
    expect(await send(2)).toEqual([200, 429]);
  });
});
