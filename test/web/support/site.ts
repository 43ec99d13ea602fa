import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { build } from 'vite';
import { createIdentity, type Identity } from '../../../local/identity/identity.ts';
import { securityHeaders } from '../../../local/page/headers.ts';
import { type FakeCloud, startFakeCloud } from '../../client/support/fake-cloud.ts';

/** The page as it is deployed, with its policy, in front of a fake API and storage and the local identity provider. */
export interface Site extends AsyncDisposable {
  readonly url: string;
  readonly cloud: FakeCloud;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

type BuiltPage = ReadonlyMap<string, string | Uint8Array>;

let built: Promise<BuiltPage> | undefined;

/** The files of the page by their paths, built once for all tests of a process. */
const builtPage = (): Promise<BuiltPage> => {
  built ??= buildPage();
  return built;
};

async function buildPage(): Promise<BuiltPage> {
  const results = [await build({ root: 'web', logLevel: 'error', build: { write: false } })].flat();
  const files = results.flatMap((result) => ('output' in result ? result.output : []));
  return new Map(files.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]));
}

export async function startSite(): Promise<Site> {
  const page = await builtPage();
  const directory = await mkdtemp(join(tmpdir(), 'sealdrop-identity-'));
  const parts: { identity?: Identity } = {};
  const cloud = await startFakeCloud(async (request, response) => {
    if (request.url?.startsWith('/identity/')) return parts.identity?.handle(request, response);
    if (request.url === '/config.json') return serveConfiguration(cloud.url, response);
    return serveFile(page, cloud.url, request, response);
  });
  // Tokens come from the provider; the API takes any until a test says otherwise.
  cloud.takesToken = () => true;
  parts.identity = await createIdentity({
    issuer: `${cloud.url}/identity`,
    audience: 'sealdrop-api',
    dataDirectory: directory,
  });
  return {
    url: `${cloud.url}/`,
    cloud,
    async [Symbol.asyncDispose]() {
      await cloud[Symbol.asyncDispose]();
      await rm(directory, { recursive: true });
    },
  };
}

function serveConfiguration(origin: string, response: ServerResponse): void {
  const configuration = {
    apiUrl: origin,
    issuer: `${origin}/identity`,
    clientId: 'sealdrop-web',
    scope: 'documents:read documents:write',
  };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(configuration));
}

/** With the headers of the local cloud's page. The fake storage is of the page's own origin. */
function serveFile(page: BuiltPage, origin: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? '/', 'http://site');
  const path = pathname === '/' ? '/index.html' : pathname;
  const content = page.get(path);
  if (content === undefined) return void response.writeHead(404).end();
  const type = types[extname(path)] ?? 'application/octet-stream';
  response.writeHead(200, { ...securityHeaders(origin), 'content-type': type }).end(content);
}
