import { createHash, createHmac } from 'node:crypto';

/** The wire form of a body, written down anew from the AWS documents: it shares nothing with what reads it. */
export interface ChunkSigner {
  /** Hexadecimal. */
  readonly seed: string;
  readonly secretAccessKey: string;
  /** `20130524T000000Z` */
  readonly timestamp: string;
  /** `20130524/us-east-1/s3/aws4_request` */
  readonly scope: string;
}

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

export function aChainOf({ seed, secretAccessKey, timestamp, scope }: ChunkSigner) {
  const [day = '', region = '', service = ''] = scope.split('/');
  const key = hmac(hmac(hmac(hmac(`AWS4${secretAccessKey}`, day), region), service), 'aws4_request');
  let previous = seed;
  return (kind: 'PAYLOAD' | 'TRAILER', ...hashed: readonly (string | Buffer)[]): string => {
    const lines = [`AWS4-HMAC-SHA256-${kind}`, timestamp, scope, previous, ...hashed.map(sha256)];
    previous = hmac(key, lines.join('\n')).toString('hex');
    return previous;
  };
}

export interface ChunkedBody {
  readonly chunks: readonly Buffer[];
  /** `name:value`, each. */
  readonly trailers?: readonly string[];
  readonly signer?: ChunkSigner;
}

/** Chunks, the last and empty one, and trailers, all signed where there is a signer. */
export function encodeChunks({ chunks, trailers = [], signer }: ChunkedBody): Buffer {
  const sign = signer && aChainOf(signer);
  const head = (chunk: Buffer): string =>
    `${chunk.length.toString(16)}${sign ? `;chunk-signature=${sign('PAYLOAD', '', chunk)}` : ''}\r\n`;
  const body = chunks.flatMap((chunk) => [Buffer.from(head(chunk)), chunk, Buffer.from('\r\n')]);
  const end = [head(Buffer.alloc(0)), ...trailers.map((line) => `${line}\r\n`)];
  if (sign && trailers.length > 0) {
    end.push(`x-amz-trailer-signature:${sign('TRAILER', trailers.map((line) => `${line}\n`).join(''))}\r\n`);
  }
  return Buffer.concat([...body, Buffer.from(`${end.join('')}\r\n`)]);
}
