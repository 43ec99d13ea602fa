import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPage } from '../../../local/page/page.ts';

const config = {
  apiUrl: 'http://127.0.0.1:8080',
  issuer: 'http://127.0.0.1:8080/identity',
  clientId: 'sealdrop-web',
  scope: 'documents:read documents:write',
};

let directory: string;
let server: Server;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sealdrop-page-'));
  mkdirSync(join(directory, 'page', 'assets'), { recursive: true });
  writeFileSync(join(directory, 'secret.txt'), 'not ours to give');
  writeFileSync(join(directory, 'page', 'index.html'), '<!doctype html>');
  writeFileSync(join(directory, 'page', 'assets', 'index-abc.js'), 'void 0;');
  writeFileSync(join(directory, 'page', 'notes.exe'), 'unknown');
  const page = createPage(join(directory, 'page'), config, 'http://127.0.0.1:8081');
  server = createServer((request, response) => {
    if (!page.serve(request.url ?? '', request, response)) response.writeHead(404).end('none of the page');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  server.close();
  await once(server, 'close');
  rmSync(directory, { recursive: true });
});

/** Sends the path as it is; fetch would tidy it up. */
const fetchPath = async (path: string, method = 'GET') => {
  const { port } = server.address() as AddressInfo;
  const [response] = await once(get({ host: '127.0.0.1', port, path, method, agent: false }), 'response');
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
};

describe('the page', () => {
  it('is served at / with a policy that lets it do no more than it needs', async () => {
    const { status, headers, body } = await fetchPath('/');

    expect([status, body]).toEqual([200, '<!doctype html>']);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy':
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; img-src 'self' data:; " +
        "connect-src 'self' http://127.0.0.1:8081 http://localhost:8081; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
  });

  it('may be kept where its name carries a hash', async () => {
    expect((await fetchPath('/assets/index-abc.js')).headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  it('gets its settings', async () => {
    const { headers, body } = await fetchPath('/config.json');
    expect([headers['content-type'], JSON.parse(body)]).toEqual(['application/json', config]);
  });

  it('answers HEAD without a body', async () => {
    expect(await fetchPath('/', 'HEAD')).toMatchObject({ status: 200, body: '', headers: { 'content-length': '15' } });
  });

  it.each(['/../secret.txt', '/assets/../../secret.txt', '/%2e%2e/secret.txt', '/notes.exe', '/assets', '/nothing'])(
    'gives nothing away at %s',
    async (path) => {
      expect(await fetchPath(path)).toMatchObject({ status: 404, body: 'none of the page' });
    },
  );

  it('leaves other methods to others', async () => {
    expect(await fetchPath('/', 'DELETE')).toMatchObject({ status: 404 });
  });
});
