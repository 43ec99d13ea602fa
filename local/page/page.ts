import type { IncomingMessage, ServerResponse } from 'node:http';
import { readPage } from './files.ts';
import { securityHeaders } from './headers.ts';

/** What the page is told, as `/config.json`. */
export interface PageConfig {
  readonly apiUrl: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
}

export interface Page {
  /** Gives false, and answers nothing, where the path is none of the page's. */
  serve(path: string, request: IncomingMessage, response: ServerResponse): boolean;
}

/** The page and its settings. */
export const createPage = (directory: string, config: PageConfig, s3Origin: string): Page => {
  const files = new Map(readPage(directory));
  files.set('/config.json', {
    contentType: 'application/json',
    immutable: false,
    content: Buffer.from(JSON.stringify(config)),
  });
  const headers = securityHeaders(s3Origin);
  return {
    serve: (path, { method }, response) => {
      const file = files.get(path);
      if (file === undefined || (method !== 'GET' && method !== 'HEAD')) return false;
      response.writeHead(200, {
        ...headers,
        'Content-Type': file.contentType,
        'Content-Length': file.content.length,
        'Cache-Control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      });
      response.end(method === 'HEAD' ? undefined : file.content);
      return true;
    },
  };
};
