import { type IncomingMessage, request } from 'node:http';
import aws4 from 'aws4';
import { type ChunkedBody, encodeChunks } from './aws-chunks.ts';
import { parseError, type RawAnswer } from './raw.ts';
import { bucketName, credentials, region } from './server.ts';

export interface SignedRequest {
  readonly method?: string;
  /** Of the object, or of the bucket with its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is; its signature is the client's affair. */
  readonly body?: Buffer | string;
  /** Changes the bytes behind the signature's back. */
  readonly tamper?: (wire: Buffer) => Buffer;
}

/** Headers signed by `aws4`, a client of others. */
function sign(
  origin: string,
  { method = 'PUT', path, headers = {}, body = '' }: SignedRequest,
): Record<string, string> {
  const { host } = new URL(origin);
  const target = { service: 's3', region, host, method, path: `/${bucketName}/${path}` };
  // Its types know of texts only.
  const options = { ...target, headers: { ...headers }, body: body as string };
  return aws4.sign(options, credentials).headers as Record<string, string>;
}

/** Sends a body in aws-chunks, signed where `payload` says so. */
export function sendChunks(
  origin: string,
  payload: `STREAMING-${string}`,
  body: Pick<ChunkedBody, 'chunks' | 'trailers'>,
  { tamper = (wire) => wire, ...options }: SignedRequest,
): Promise<RawAnswer> {
  const sizeBytes = body.chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const all = {
    'x-amz-content-sha256': payload,
    'x-amz-decoded-content-length': String(sizeBytes),
    ...options.headers,
  };
  const headers = sign(origin, { ...options, headers: all });
  const { authorization = '', 'x-amz-date': timestamp = '' } = lowerCased(headers);
  const scope = /Credential=[^/]+\/([^,]+)/.exec(authorization)?.[1] ?? '';
  const seed = /Signature=(\w+)/.exec(authorization)?.[1] ?? '';
  const signer = { seed, scope, timestamp, secretAccessKey: credentials.secretAccessKey };
  const isSigned = payload.startsWith('STREAMING-AWS4-');
  return send(origin, options, headers, tamper(encodeChunks({ ...body, ...(isSigned && { signer }) })));
}

/** Sends a body as it is, with its hash or with what `headers` say. */
export const sendSigned = (origin: string, options: SignedRequest): Promise<RawAnswer> =>
  send(origin, options, sign(origin, options), Buffer.from(options.body ?? ''));

const lowerCased = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** Node chooses chunks of HTTP where the headers tell no length. */
function send(origin: string, options: SignedRequest, headers: Record<string, string>, body: Buffer) {
  return new Promise<RawAnswer>((resolve, reject) => {
    const { method = 'PUT', path } = options;
    const answered = (incoming: IncomingMessage): void => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text, error: parseError(text) });
      });
    };
    const length = options.headers?.['transfer-encoding'] ? {} : { 'content-length': body.length };
    const outgoing = request(
      `${origin}/${bucketName}/${path}`,
      { method, headers: { ...headers, ...length } },
      answered,
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
