import { describe, expect, it } from 'vitest';
import { endpoints } from '../../client/endpoints.ts';
import { AnswerError, createClient, NetworkError, ProblemError } from '../../client/index.ts';
import { type Route, routes, servesFile } from '../../contract/routes.ts';
import { problem } from './support/fake-cloud.ts';
import { rejectionOf, withCloud } from './support/with-cloud.ts';

const documentId = '01890000-0000-7000-8000-000000000001';

describe('endpoints', () => {
  it('are those of the route table that answer with a value, but for those that only Uppy calls', () => {
    const values = Object.entries<Route>(routes).filter(([, route]) => !servesFile(route) && !route.isCompanion);
    const table = values.map(([name, { method, path }]) => [name, { method, path }]);
    expect(endpoints).toEqual(Object.fromEntries(table));
  });
});

describe('call', () => {
  it('fills path and query, sends the token, and returns the JSON', () =>
    withCloud(async ({ cloud, client }) => {
      const page = await client.call('listDocuments', { query: { limit: 10, cursor: 'a&b=c/' } });
      expect(page).toEqual({ documents: [] });
      expect(cloud.requests).toEqual(['GET /v1/documents?limit=10&cursor=a%26b%3Dc%2F']);
    }));

  it('keeps an id of whatever characters inside its path segment', () =>
    withCloud(async ({ cloud, client }) => {
      await rejectionOf(client.call('getDocument', { params: { documentId: 'a/b?c#d' } }));
      expect(cloud.requests).toEqual(['GET /v1/documents/a%2Fb%3Fc%23d']);
    }));

  it('refuses an empty id before any request', () =>
    withCloud(async ({ cloud, client }) => {
      await expect(async () => client.call('getDocument', { params: { documentId: '' } })).rejects.toThrow(TypeError);
      expect(cloud.requests).toEqual([]);
    }));

  it('keeps the path of the stage in the base URL, with or without a slash at its end', () =>
    withCloud(async ({ cloud }) => {
      for (const baseUrl of [`${cloud.url}/prod`, `${cloud.url}/prod/`]) {
        await rejectionOf(createClient({ baseUrl, token: () => 'good-token' }).call('listDocuments', {}));
      }
      expect(cloud.requests).toEqual(['GET /prod/v1/documents', 'GET /prod/v1/documents']);
    }));

  it('makes a problem a ProblemError with all that the server said, and does not try again', () =>
    withCloud(async ({ cloud, client }) => {
      const errors = [{ pointer: '/sizeBytes', detail: 'The file is empty.' }];
      cloud.faults.push({ on: /./, answer: problem('invalid-request', 422, 'Correct sizeBytes.', { errors }) });
      const error = await rejectionOf(client.call('getDocument', { params: { documentId } }));
      expect(error).toBeInstanceOf(ProblemError);
      expect(error).toMatchObject({ kind: 'invalid-request', status: 422, message: 'Correct sizeBytes.' });
      expect(error).toMatchObject({ problem: { requestId: 'request-1', errors } });
      expect(cloud.requests).toHaveLength(1);
    }));

  it('tells the state where a document is not available', () =>
    withCloud(async ({ cloud, client }) => {
      const detail = 'Wait until it is available.';
      cloud.faults.push({
        on: /download/,
        answer: problem('document-not-available', 409, detail, { state: 'scanning' }),
      });
      const error = await rejectionOf(client.call('issueDownload', { params: { documentId } }));
      expect(error).toMatchObject({ kind: 'document-not-available', problem: { state: 'scanning' } });
    }));

  it('does not try again with a token that was refused', () =>
    withCloud(
      async ({ cloud, client }) => {
        const error = await rejectionOf(client.call('listDocuments', {}));
        expect(error).toMatchObject({ kind: 'unauthenticated', status: 401 });
        expect(cloud.requests).toHaveLength(1);
      },
      { token: () => 'stale-token' },
    ));

  it('passes on what the token source throws, and asks it before every attempt', () => {
    const gone = new Error('Signed out.');
    let asked = 0;
    const token = () => {
      asked += 1;
      if (asked === 2) throw gone;
      return 'good-token';
    };
    return withCloud(
      async ({ cloud, client }) => {
        cloud.faults.push({ on: /./, answer: problem('internal-error', 500, 'Try again.') });
        expect(await rejectionOf(client.call('listDocuments', {}))).toBe(gone);
      },
      { token },
    );
  });

  it.each([
    ['HTML of a gateway in trouble', 502, '<html><body>Bad Gateway</body></html>', 'behind its gateway (502)'],
    ['a sign-in page of a network', 200, '<html>Welcome to the hotel</html>', 'did not come from the service (200)'],
    ['JSON that is no problem', 403, '{"message":"Forbidden"}', 'did not come from the service (403)'],
    ['nothing at all', 504, '', 'behind its gateway (504)'],
  ])('says what %s is', (_, status, body, words) =>
    withCloud(
      async ({ cloud, client }) => {
        cloud.faults.push({ on: /./, answer: { status, body, headers: { 'content-type': 'text/html' } } });
        const error = await rejectionOf(client.call('listDocuments', {}));
        expect(error).toBeInstanceOf(AnswerError);
        expect(error).toMatchObject({ status, message: expect.stringContaining(words) });
        expect(String(error)).not.toContain('<html>');
      },
      { retryPolicy: { attemptsMax: 1, baseMilliseconds: 1, capMilliseconds: 1, retryAfterSecondsMax: 1 } },
    ),
  );

  it('gives up a server that never answers, in words', () =>
    withCloud(
      async ({ cloud, client }) => {
        cloud.faults.push({ on: /./, hang: () => undefined });
        const error = await rejectionOf(client.call('listDocuments', {}));
        expect(error).toBeInstanceOf(NetworkError);
        expect(error).toMatchObject({ message: expect.stringContaining('did not answer in time') });
      },
      {
        requestTimeoutMilliseconds: 50,
        retryPolicy: { attemptsMax: 1, baseMilliseconds: 1, capMilliseconds: 1, retryAfterSecondsMax: 1 },
      },
    ));

  it("rejects with the signal's own reason", () =>
    withCloud(
      async ({ cloud, client }) => {
        const controller = new AbortController();
        const reason = new Error('The person changed their mind.');
        cloud.faults.push({ on: /./, hang: () => controller.abort(reason) });
        expect(await rejectionOf(client.call('listDocuments', { signal: controller.signal }))).toBe(reason);
      },
      { retryPolicy: { attemptsMax: 1, baseMilliseconds: 1, capMilliseconds: 1, retryAfterSecondsMax: 1 } },
    ));
});
