import type { IncomingMessage } from 'node:http';

/** The parameters of an OAuth request. One without a value counts as absent (RFC 6749 section 3.1). */
export type Parameters = ReadonlyMap<string, string>;

/** No OAuth request of this provider comes near it. */
const bodySizeBytesMax = 16 * 1024;

/** Undefined where a parameter comes twice, which RFC 6749 section 3.1 forbids. */
export const parseParameters = (text: string): Parameters | undefined => {
  const entries = [...new URLSearchParams(text)];
  const parameters = new Map(entries);
  if (parameters.size < entries.length) return undefined;
  return new Map(entries.filter(([, value]) => value !== ''));
};

export const isForm = (request: IncomingMessage): boolean =>
  /^application\/x-www-form-urlencoded(?:\s*;|$)/i.test(request.headers['content-type'] ?? '');

/** Undefined where the body is larger than any request of this provider. */
export const readBody = async (request: IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    sizeBytes += bytes.length;
    if (sizeBytes > bodySizeBytesMax) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
};
