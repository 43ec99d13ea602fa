import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../read-body.ts';
import { compress } from './compress.ts';
import type { Gateway } from './gateway.ts';
import type { GatewayRequest } from './types.ts';

/** Quota of REST APIs ("Payload size": 10 MB, cannot be raised). */
const bodySizeBytesMax = 10 * 1024 * 1024;

const headersOf = ({ rawHeaders }: IncomingMessage): GatewayRequest['headers'] =>
  rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : []));

/** Serves one HTTP request by the gateway; compresses answers from so many bytes on, where the API does. */
export const serveGateway = async (
  gateway: Gateway,
  request: IncomingMessage,
  response: ServerResponse,
  minimumCompressionSizeBytes?: number,
) => {
  const target = request.url ?? '/';
  const question = target.indexOf('?');
  const asked: GatewayRequest = {
    method: request.method ?? 'GET',
    path: question < 0 ? target : target.slice(0, question),
    query: new URLSearchParams(question < 0 ? '' : target.slice(question)),
    headers: headersOf(request),
    body: (await readBody(request, bodySizeBytesMax))?.toString(),
    sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
  };
  const answer = compress(await gateway(asked), asked, minimumCompressionSizeBytes);
  for (const [name, value] of answer.headers) response.appendHeader(name, value);
  // RFC 9110 section 8.6: no Content-Length on a 204, and to a HEAD or on a 304 none but that of the answer it stands for.
  const isBodiless = request.method === 'HEAD' || answer.status === 204 || answer.status === 304;
  response.writeHead(answer.status, isBodiless ? {} : { 'Content-Length': Buffer.byteLength(answer.body) });
  response.end(answer.body);
};
