import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { readPage } from '../../local/page/files.ts';
import { serveParent } from '../local-s3/child.ts';
import { createSinkApi } from './sink-api.ts';

/**
 * A stand-in for API and S3 that takes every upload, checks nothing and keeps nothing, so that a client can be measured
 * with more bytes than there is disk, and without what a server spends on them. Serves the page in its argument too.
 */
const [, , pageDirectory] = process.argv;
const page = pageDirectory === undefined ? new Map() : readPage(pageDirectory);

const server = createServer((request, response) => {
  answer(request, response).catch((cause: unknown) => {
    response.writeHead(500).end(String(cause));
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const api = createSinkApi(origin);

const xml = (name: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><${name}>${content}</${name}>`;

/** What S3 says at the beginning and the end of an upload in parts. */
const s3Post = (query: URLSearchParams): string =>
  query.has('uploads')
    ? xml('InitiateMultipartUploadResult', '<Bucket>sink</Bucket><Key>key</Key><UploadId>upload</UploadId>')
    : xml('CompleteMultipartUploadResult', `<Location>${origin}/sink/key</Location><ETag>"whole"</ETag>`);

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, url = '/' } = request;
  const { pathname, searchParams } = new URL(url, origin);
  const file = page.get(pathname);
  if (file !== undefined) return void response.writeHead(200, { 'content-type': file.contentType }).end(file.content);
  if (pathname.startsWith('/v1/')) {
    const { status, body } = api(`${method} ${pathname}`, method === 'POST' ? await json(request) : undefined);
    return void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
  await finished(request.resume());
  if (method === 'PUT')
    return void response.writeHead(200, { etag: `"${searchParams.get('partNumber') ?? 'whole'}"` }).end();
  response.writeHead(200, { 'content-type': 'application/xml' }).end(s3Post(searchParams));
}

await serveParent(origin, async () => {
  server.close();
  server.closeAllConnections();
});
