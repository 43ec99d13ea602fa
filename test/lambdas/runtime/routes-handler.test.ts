import { describe, expect, it } from 'vitest';
import { routes } from '../../../contract/routes.ts';
import type { Caller } from '../../../lambdas/domain/document.ts';
import { ok } from '../../../lambdas/domain/result.ts';
import { apiHandler } from '../../../lambdas/runtime/api-handler.ts';
import { routesHandler } from '../../../lambdas/runtime/routes-handler.ts';
import { apiEvent, lambdaContext } from '../../support/api-event.ts';
import { clock, owner } from '../../support/callers.ts';

const token = 'a'.repeat(43);
const settings = {
  clock,
  allowedOrigins: ['https://app.example.org'],
  callerOfUploadToken: async (asked: string) => (asked === token ? owner : undefined),
};

const called: object[] = [];
const noteCaller =
  (by: string) =>
  async ({ caller }: { caller: Caller }) => {
    called.push({ by, ...caller });
    return ok({});
  };

/** Both families of one call, each notes who called. */
const handler = routesHandler([
  [routes.companionCredentials, apiHandler(routes.companionCredentials, noteCaller('header'), settings)],
  [routes.tokenCompanionCredentials, apiHandler(routes.tokenCompanionCredentials, noteCaller('path'), settings)],
]);

const ask = async (httpMethod: string, resource: string, uploadToken?: string) => {
  const pathParameters = uploadToken === undefined ? null : { uploadToken };
  const { statusCode, body } = await handler(apiEvent({ httpMethod, resource, pathParameters }), lambdaContext);
  return { statusCode, body: JSON.parse(body) };
};

describe('a function of several routes', () => {
  it('serves the one that the gateway names, and no other', async () => {
    expect(await ask('GET', '/s3/sts')).toMatchObject({ statusCode: 200 });
    expect(await ask('GET', '/u/{uploadToken}/s3/sts', token)).toMatchObject({ statusCode: 200 });
    expect(called.splice(0)).toEqual([
      { by: 'header', ...owner },
      { by: 'path', ...owner },
    ]);
  });

  it('knows a caller by the token in the path alone: not by a header, and not without', async () => {
    for (const other of ['b'.repeat(43), '', undefined])
      expect(await ask('GET', '/u/{uploadToken}/s3/sts', other)).toMatchObject({
        statusCode: 401,
        body: { title: 'No valid access token', message: expect.stringMatching(/^[A-Z].*\.$/) },
      });
    expect(called).toEqual([]);
  });

  it.each([
    ['POST', '/s3/sts'],
    ['GET', '/s3/params'],
    ['GET', '/s3/sts/'],
  ])('is at its end where it is called for %s %s, which it does not serve', (method, resource) => {
    expect(() => handler(apiEvent({ httpMethod: method, resource }), lambdaContext)).toThrow('has no route for');
  });
});

describe('a problem', () => {
  it('is said to Uppy’s clients in a message, which they show, the same as its detail', async () => {
    const { body } = await ask('GET', '/u/{uploadToken}/s3/sts', 'nobody');
    expect(body.message).toBe(body.detail);
  });

  it('of all other routes has no message', async () => {
    const document = apiHandler(
      routes.getDocument,
      async () => ({ ok: false, failure: { kind: 'document-not-found' } }),
      settings,
    );
    const { body } = await document(apiEvent({ pathParameters: { documentId: 'x' } }), lambdaContext);
    expect(JSON.parse(body)).not.toHaveProperty('message');
    expect(JSON.parse(body).detail).toMatch(/^[A-Z].*\.$/);
  });
});
