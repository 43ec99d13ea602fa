import type { IncomingMessage } from 'node:http';

/**
 * The body of a request, undefined where it is too large. Reads to the end in any case, so that the client hears the
 * answer; keeps nothing of a body that is too large.
 */
export const readBody = async (request: IncomingMessage, sizeBytesMax: number): Promise<Buffer | undefined> => {
  let chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > sizeBytesMax) chunks = [];
    else chunks.push(chunk);
  }
  return sizeBytes > sizeBytesMax ? undefined : Buffer.concat(chunks);
};
