import { describe, expect, it } from 'vitest';
import { pageHandler } from '../../../lambdas/runtime/page-handler.ts';
import { servePage } from '../../../lambdas/usecases/serve-page.ts';
import { apiEvent, lambdaContext } from '../../support/api-event.ts';

const files: Readonly<Record<string, string>> = {
  '/docs': '<html>',
  '/docs/start.js': 'start()',
  '/docs/oauth2-redirect.html': '<html>',
};

const pages = {
  find: (path: string) => {
    const content = files[path];
    return content === undefined ? undefined : { mediaType: 'text/html; charset=utf-8', content, entityTag: 'W/"1"' };
  },
};

const handler = pageHandler(servePage({ pages }), {
  allowedOrigins: ['https://app.example.org'],
  signInOrigin: 'https://login.example.org',
});

const ask = async (resource: string, changes: Parameters<typeof apiEvent>[0] = {}) => {
  const path = `/live${resource}`;
  const event = apiEvent({ httpMethod: 'GET', resource, requestContext: { path }, ...changes });
  const { statusCode, headers = {}, body } = await handler(event, lambdaContext);
  return { statusCode, headers, body };
};

const askFile = (file: string) => ask('/docs/{file}', { pathParameters: { file } });

describe('a file of the API’s own pages', () => {
  it('is served as it is, with its tag, to be kept for a while', async () => {
    expect(await ask('/docs')).toMatchObject({
      statusCode: 200,
      headers: { 'Content-Type': 'text/html; charset=utf-8', ETag: 'W/"1"', 'Cache-Control': 'public, max-age=300' },
      body: '<html>',
    });
    expect(await askFile('start.js')).toMatchObject({ statusCode: 200, body: 'start()' });
  });

  it.each(['W/"1"', '"1"', '*'])('is not sent again to who has it: If-None-Match: %s', async (tag) => {
    const answer = await ask('/docs', { headers: { 'If-None-Match': tag } });

    expect(answer).toMatchObject({ statusCode: 304, body: '', headers: { ETag: 'W/"1"' } });
  });

  it('may run its own scripts, call its own origin and where tokens are from, and nothing else', async () => {
    const { headers } = await ask('/docs');
    const policy = Object.fromEntries(
      `${headers['Content-Security-Policy']}`.split('; ').map((part) => part.split(/ (.*)/s).slice(0, 2)),
    );

    expect(policy).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' data:",
      'connect-src': "'self' https://login.example.org",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
    });
    expect(headers).toMatchObject({ 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' });
  });

  it('lets the window of the sign-in come back to who opened it', async () => {
    expect((await ask('/docs')).headers).toMatchObject({ 'Cross-Origin-Opener-Policy': 'same-origin-allow-popups' });
    expect((await askFile('oauth2-redirect.html')).headers).not.toHaveProperty('Cross-Origin-Opener-Policy');
  });

  it.each([
    ['/live/docs/', '../docs'],
    ['/docs//', '../docs'],
  ])('is at one address, without a slash at its end: %s', async (path, location) => {
    const answer = await ask('/docs', { requestContext: { path } });

    expect(answer).toMatchObject({ statusCode: 308, headers: { Location: location } });
  });

  it('redirects to nothing that there is not', async () => {
    const path = '/docs/%0d%0aX-Evil:1/';
    const answer = await ask('/docs/{file}', { pathParameters: { file: '\r\nX-Evil:1' }, requestContext: { path } });

    expect(answer.statusCode).toBe(404);
    expect(JSON.stringify(answer.headers)).not.toContain('Evil');
  });

  it.each(['nothing.js', '../openapi.json', '__proto__', ''])(
    'that there is not is no such route: %j',
    async (file) => {
      const { statusCode, headers, body } = await askFile(file);

      expect(statusCode).toBe(404);
      expect(headers['Content-Type']).toBe('application/problem+json');
      expect(JSON.parse(body).type).toMatch(/\/problems\/route-not-found$/);
    },
  );
});
