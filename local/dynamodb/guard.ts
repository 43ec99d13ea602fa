import { IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { readBody } from '../read-body.ts';
import { type Access, refusalOf } from './access.ts';
import type { Refusal } from './refusal.ts';
import { dynamoDbRequest } from './request.ts';

/** "16 MB" is the most that any operation takes (developer guide, "Quotas"). */
const bodySizeBytesMax = 16 * 1024 * 1024;

const answer = (response: ServerResponse, { code, message }: Refusal): void => {
  // DynamoDB itself writes `Message` here and `message` everywhere else.
  const name = code === 'AccessDeniedException' ? 'Message' : 'message';
  response.writeHead(400, { 'Content-Type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify({ __type: `com.amazon.coral.service#${code}`, [name]: message }));
};

/** The same request once more, for who comes after those that read its body. */
const again = ({ socket, method = '', url = '', headers }: IncomingMessage, body: Buffer): IncomingMessage => {
  const request = Object.assign(new IncomingMessage(socket), { method, url, headers, complete: true });
  request.push(body);
  request.push(null);
  return request;
};

/**
 * Puts AWS's checks before dynalite, which checks no signature and knows no policies: signature, session token, and the
 * right to do the operation. Pages of browsers, which name their origin with every POST and preflight, are kept out.
 */
export const guard = (server: Server, access: Access): void => {
  const listeners = server.listeners('request') as RequestListener[];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.headers.origin !== undefined) return void response.writeHead(403).end();
    if (request.method !== 'POST' || request.url !== '/') return void response.writeHead(404).end();
    const body = await readBody(request, bodySizeBytesMax);
    if (body === undefined) return void response.writeHead(413).end();
    const refusal = refusalOf(dynamoDbRequest(request, body), access);
    if (refusal !== undefined) return answer(response, refusal);
    const passed = again(request, body);
    for (const listener of listeners) listener(passed as Parameters<RequestListener>[0], response);
  };
  server.removeAllListeners('request').on('request', (request, response) => {
    serve(request, response).catch((cause: unknown) => {
      // A client that went away in the middle of its request is no fault.
      if (request.complete) console.error('The local DynamoDB failed', cause);
      response.destroy();
    });
  });
};
