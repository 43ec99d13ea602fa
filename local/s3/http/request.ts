import type { IncomingMessage } from 'node:http';
import { randomBytes } from '../random-bytes.ts';
import { Refusal } from '../refusal.ts';
import { parseQuery, type QueryParameters } from './query.ts';
import { parseTarget, type Target } from './target.ts';

/** Lower-case name to value. Values hold one character per byte (Latin-1), repeated headers are joined with `,`. */
export type RequestHeaders = ReadonlyMap<string, string>;

/** A request without its body. */
export interface S3Request extends Target {
  readonly method: string;
  readonly query: QueryParameters;
  readonly headers: RequestHeaders;
  readonly sourceIp: string;
  readonly receivedAt: Date;
  readonly ids: RequestIds;
}

/** `x-amz-request-id` and `x-amz-id-2`. */
export interface RequestIds {
  readonly requestId: string;
  readonly hostId: string;
}

export const newRequestIds = (): RequestIds => ({
  requestId: randomBytes(8).toString('hex').toUpperCase(),
  hostId: randomBytes(48).toString('base64'),
});

export function parseRequest(incoming: IncomingMessage, receivedAt: Date, ids: RequestIds): S3Request | Refusal {
  const url = incoming.url ?? '';
  const question = url.indexOf('?');
  const target = parseTarget(question < 0 ? url : url.slice(0, question), incoming.headers.host ?? '');
  const query = parseQuery(question < 0 ? '' : url.slice(question + 1));
  // The query stays out of the answer: it may hold a signature.
  if (target === undefined || query === undefined) {
    return new Refusal('InvalidURI', undefined, { URI: question < 0 ? url : url.slice(0, question) });
  }
  const headers = new Map<string, string>();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) headers.set(name, (values ?? []).join(','));
  return {
    ...target,
    method: incoming.method ?? '',
    query,
    headers,
    sourceIp: (incoming.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, ''),
    receivedAt,
    ids,
  };
}
