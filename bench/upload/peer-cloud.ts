import { mkdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { readPage } from '../../local/page/files.ts';
import { startLocalS3 } from '../../local/s3/server.ts';
import { serveParent } from '../local-s3/child.ts';
import { bucket, credentials, region } from '../local-s3/signed.ts';
import { companionFor } from './companion.ts';
import { pageHtml } from './page-html.ts';
import { standInFor } from './stand-in-api.ts';

/**
 * What Uppy needs: the local S3 with one bucket, a page, and a stand-in for Companion at the page's own origin, where
 * it costs no preflight; and the same for Sealdrop's client. Its arguments: a folder for its data, the page of Sealdrop,
 * which is at `/`, and one script for each path `/NAME`.
 */
const [, , dataDirectory = '', pageDirectory = '', ...scriptFiles] = process.argv;
const sealdropPage = readPage(pageDirectory);
const scripts = new Map(scriptFiles.map((file, index) => [`/${index}.js`, readFileSync(file)]));

const server = createServer((request, response) => {
  answer(request, response).catch((cause: unknown) => {
    response.writeHead(500).end(String(cause));
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

mkdirSync(dataDirectory);
const s3 = await startLocalS3({
  dataDirectory,
  port: 0,
  region,
  buckets: [
    {
      name: bucket,
      region,
      versioning: false,
      cors: [
        {
          allowedOrigins: [origin],
          allowedMethods: ['GET', 'PUT', 'POST', 'DELETE'],
          allowedHeaders: ['*'],
          exposedHeaders: ['ETag', 'Location'],
          maxAge: 3600,
        },
      ],
      notifications: [],
    },
  ],
  credentials: (id) =>
    id === credentials.accessKeyId
      ? { ...credentials, principal: { arn: 'arn:aws:iam::111122223333:user/bench', accountId: '111122223333' } }
      : undefined,
  authorize: () => ({ allowed: true }),
  deliver: async () => undefined,
});
const companion = companionFor(s3.origin);
const standIn = standInFor(s3.origin);

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', origin);
  const script = scripts.get(url.pathname);
  if (script !== undefined) return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
  if (scripts.has(`${url.pathname}.js`))
    return void response.writeHead(200, { 'content-type': 'text/html' }).end(pageHtml(`${url.pathname}.js`));
  const file = sealdropPage.get(url.pathname);
  if (file !== undefined) return void response.writeHead(200, { 'content-type': file.contentType }).end(file.content);
  const { method = '' } = request;
  const body = method === 'POST' ? await json(request) : undefined;
  const answered = (await standIn(`${method} ${url.pathname}`, body)) ?? (await companion({ method, url, body }));
  response.writeHead(answered === undefined ? 404 : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answered ?? {}));
}

await serveParent(`${origin} ${s3.origin}`, async () => {
  server.close();
  server.closeAllConnections();
  await s3.close();
});
