import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../../local/identity/people.ts';
import { authorize, authorizeParameters, type Running, startIdentity, temporaryDirectory } from './fixtures.ts';

const resources = new AsyncDisposableStack();
let running: Running;

beforeAll(async () => {
  running = resources.use(await startIdentity(resources.use(await temporaryDirectory()).path));
});
afterAll(() => resources.disposeAsync());

const open = (overrides: Readonly<Record<string, string>> = {}) => {
  const query = new URLSearchParams({ ...authorizeParameters(running), ...overrides });
  return fetch(`${running.issuer}/authorize?${query}`, { redirect: 'manual' });
};

describe('the sign-in page', () => {
  it('offers every person as a button of a plain form and carries the request along, escaped', async () => {
    const response = await open({ state: `"><script>alert('x')</script>` });
    const html = await response.text();
    expect(response.status).toBe(200);
    for (const { name, displayName } of people) {
      expect(html).toContain(`<button name="person" value="${name}">`);
      expect(html).toContain(displayName);
    }
    expect(html).toContain('name="code_challenge"');
    expect(html).not.toContain('<script');
    expect(html).toContain('value="&#34;&#62;&#60;script&#62;alert(&#39;x&#39;)&#60;/script&#62;"');
  });

  it('lets nothing run, frame or keep it', async () => {
    const { headers } = await open();
    const policy = headers.get('content-security-policy');
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; /);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain(`form-action 'self' ${running.origin}`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('does not sign anybody in by a link', async () => {
    const response = await open({ person: 'patient-north' });
    expect(response.status).toBe(200);
    expect(response.headers.get('location')).toBeNull();
    // Carried along it would come twice, and no button of the page would work.
    expect(await response.text()).not.toMatch(/<input[^>]* name="person"/);
  });
});

describe('choosing a person', () => {
  it('returns to the page with a code, the state and the issuer', async () => {
    const { status, location } = await authorize(running);
    expect(status).toBe(303);
    expect(location?.origin).toBe(running.origin);
    expect(location?.pathname).toBe('/');
    expect(Object.fromEntries(location?.searchParams ?? [])).toEqual({
      code: expect.stringMatching(/^[\w-]{43}$/),
      state: 'a state & more',
      iss: running.issuer,
    });
  });

  it('of an unknown name is refused on the spot', async () => {
    const { status, location, text } = await authorize(running, {}, 'nobody');
    expect(status).toBe(400);
    expect(location).toBeUndefined();
    expect(text).toContain('nobody of this name');
  });
});

describe('an authorization request', () => {
  it.each([
    ['a foreign redirect_uri', { redirect_uri: 'https://attacker.example/' }],
    ['a longer redirect_uri', { redirect_uri: 'http://127.0.0.1:1/callback' }],
    ['no redirect_uri', { redirect_uri: '' }],
    ['the redirect_uri of another client', { client_id: 'sealdrop-docs' }],
    ['a client of a name that objects have', { client_id: 'constructor' }],
    ['an unknown client', { client_id: 'other' }],
  ])('with %s is told to the person and sent nowhere', async (_, overrides) => {
    for (const response of [await open(overrides), await open({ ...overrides, response_type: 'token' })]) {
      expect(response.status).toBe(400);
      expect(response.headers.get('location')).toBeNull();
      expect(response.headers.get('content-security-policy')).toContain("form-action 'none';");
      expect(await response.text()).toContain(`<a href="${running.origin}/">`);
    }
    expect((await authorize(running, overrides)).location).toBeUndefined();
  });

  it.each([
    ['response_type token', { response_type: 'token' }, 'unsupported_response_type'],
    ['no response_type', { response_type: '' }, 'invalid_request'],
    ['response_mode fragment', { response_mode: 'fragment' }, 'invalid_request'],
    ['PKCE method plain', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['no PKCE method, which means plain', { code_challenge_method: '' }, 'invalid_request'],
    ['no code_challenge', { code_challenge: '' }, 'invalid_request'],
    ['a short code_challenge', { code_challenge: 'abc' }, 'invalid_request'],
    ['a request object', { request: 'e30.e30.' }, 'request_not_supported'],
    ['a request_uri', { request_uri: 'https://attacker.example/' }, 'request_uri_not_supported'],
    ['prompt none', { prompt: 'none' }, 'login_required'],
    ['unknown scopes only', { scope: 'everything' }, 'invalid_scope'],
  ])('with %s goes back with an error, the state and the issuer', async (_, overrides, error) => {
    const opened = await open(overrides);
    expect(opened.status).toBe(303);
    const chosen = await authorize(running, overrides);
    for (const location of [new URL(opened.headers.get('location') ?? ''), chosen.location]) {
      expect(location?.searchParams.get('error')).toBe(error);
      expect(location?.searchParams.get('error_description')).toMatch(/^[ !#-[\]-~]+$/);
      expect(location?.searchParams.get('state')).toBe('a state & more');
      expect(location?.searchParams.get('iss')).toBe(running.issuer);
      expect(location?.searchParams.has('code')).toBe(false);
    }
  });

  it('with a parameter given twice is refused', async () => {
    const query = new URLSearchParams(authorizeParameters(running));
    query.append('client_id', 'sealdrop-web');
    const response = await fetch(`${running.issuer}/authorize?${query}`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('given twice');
  });
});
