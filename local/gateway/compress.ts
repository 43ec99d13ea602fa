import { gzipSync } from 'node:zlib';
import type { GatewayAnswer, GatewayRequest } from './types.ts';

/** Whether a list of codings has gzip in it and does not rule it out (RFC 9110 section 12.5.3). */
const takesGzip = ({ headers }: GatewayRequest): boolean =>
  headers.some(
    ([name, value]) =>
      name.toLowerCase() === 'accept-encoding' && /(?:^|[\s,])gzip(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(value),
  );

/** An answer as it goes out: bytes where it was compressed. */
export type SentAnswer = Omit<GatewayAnswer, 'body'> & { readonly body: string | Buffer };

const isCoded = ({ headers }: GatewayAnswer): boolean =>
  headers.some(([name]) => name.toLowerCase() === 'content-encoding');

/**
 * Payload compression (developer guide, "Payload compression for REST APIs"): an answer of this size or more is gzipped
 * for a client that takes gzip.
 */
export const compress = (
  answer: GatewayAnswer,
  request: GatewayRequest,
  minimumSizeBytes: number | undefined,
): SentAnswer => {
  if (minimumSizeBytes === undefined || Buffer.byteLength(answer.body) < minimumSizeBytes) return answer;
  if (isCoded(answer) || !takesGzip(request)) return answer;
  return { ...answer, headers: [...answer.headers, ['Content-Encoding', 'gzip']], body: gzipSync(answer.body) };
};
