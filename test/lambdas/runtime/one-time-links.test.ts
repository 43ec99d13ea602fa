import { describe, expect, it } from 'vitest';
import { routes } from '../../../contract/routes.ts';
import { linkTokens } from '../../../lambdas/adapters/link-tokens.ts';
import { uuidV7 } from '../../../lambdas/adapters/system.ts';
import { apiHandler } from '../../../lambdas/runtime/api-handler.ts';
import { createLink } from '../../../lambdas/usecases/create-link.ts';
import { openLink } from '../../../lambdas/usecases/open-link.ts';
import { defaultProfile } from '../../../profiles/default.ts';
import { apiEvent, lambdaContext } from '../../support/api-event.ts';
import { available, clock, params, spySigner } from '../../support/callers.ts';
import { memoryClaims } from '../../support/memory-claims.ts';
import { memoryDocuments } from '../../support/memory-documents.ts';
import { memoryLinks } from '../../support/memory-links.ts';

const world = () => {
  const documents = memoryDocuments(available);
  const { signer } = spySigner();
  const deps = { clock, documents, links: memoryLinks(), linkTokens, signer, profile: defaultProfile };
  const settings = { clock, claims: memoryClaims(), ids: uuidV7, allowedOrigins: ['https://app.example.org'] };
  const make = apiHandler(routes.createLink, createLink(deps), settings);
  const use = apiHandler(routes.openLink, openLink(deps), settings);
  const share = async (context: Record<string, unknown>, headers: Record<string, string> = {}) => {
    const event = apiEvent({
      headers: { 'Content-Type': 'application/json', ...headers },
      resource: routes.createLink.path,
      pathParameters: params,
      body: JSON.stringify({ reason: 'For the second opinion' }),
      requestContext: context,
    });
    const { statusCode, body } = await make(event, lambdaContext);
    expect(statusCode).toBe(201);
    return String(JSON.parse(body).url);
  };
  const open = async (token: string, headers: Record<string, string> = {}) => {
    const event = apiEvent({ httpMethod: 'GET', headers, pathParameters: { token } }, {});
    const { statusCode, headers: answered, body } = await use(event, lambdaContext);
    return { statusCode, headers: answered ?? {}, kind: body && JSON.parse(body).type.split('/').at(-1) };
  };
  return { share, open };
};

const path = `/v1/documents/${params.documentId}/links`;
const onAws = { domainName: 'abc.execute-api.eu-west-3.amazonaws.com', path: `/live${path}` };
const tokenOf = (url: string) => url.split('/').at(-1) ?? '';

describe('the URL of a one-time link', () => {
  it.each([
    ['the stage', onAws, {}, 'https://abc.execute-api.eu-west-3.amazonaws.com/live/v1/links/'],
    ['a domain of its own', { domainName: 'api.example.org', path }, {}, 'https://api.example.org/v1/links/'],
    ['a base path', { domainName: 'a.example', path: `/docs/x${path}/` }, {}, 'https://a.example/docs/x/v1/links/'],
    [
      'here',
      { domainName: '127.0.0.1', path },
      { 'X-Forwarded-Port': '8080', 'X-Forwarded-Proto': 'http' },
      'http://127.0.0.1:8080/v1/links/',
    ],
  ])('leads to %s', async (_, context, headers, start) => {
    const url = await world().share(context, headers);
    expect(url.slice(0, start.length)).toBe(start);
    expect(url.slice(start.length)).toMatch(/^[\w-]{43}$/);
  });
});

describe('a one-time link', () => {
  it('answers 302 that nothing keeps and no other site is told of, without a token of the caller', async () => {
    const { share, open } = world();
    const { statusCode, headers } = await open(tokenOf(await share(onAws)));
    expect(statusCode).toBe(302);
    expect(headers).toMatchObject({
      Location: 'https://get',
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
    });
  });

  it.each<[string, string]>([
    ['Sec-Purpose', 'prefetch'],
    ['Sec-Purpose', 'prefetch;prerender'],
    ['sec-purpose', 'prefetch;anonymous-client-ip'],
    ['Purpose', 'prefetch'],
    ['X-Purpose', 'preview'],
    ['X-Moz', 'prefetch'],
  ])('is not used up by %s: %s', async (name, value) => {
    const { share, open } = world();
    const token = tokenOf(await share(onAws));
    expect(await open(token, { [name]: value })).toMatchObject({ statusCode: 403, kind: 'prefetch-refused' });
    expect((await open(token, { 'Sec-Fetch-Mode': 'navigate' })).statusCode).toBe(302);
  });

  it('says 410 to the second who opens it, and 404 where there never was one', async () => {
    const { share, open } = world();
    const token = tokenOf(await share(onAws));
    await open(token);
    expect(await open(token)).toMatchObject({ statusCode: 410, kind: 'link-used-up' });
    expect(await open('a'.repeat(43))).toMatchObject({ statusCode: 404, kind: 'link-not-found' });
  });
});
