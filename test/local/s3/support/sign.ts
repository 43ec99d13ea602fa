import { createHash, createHmac } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { type RawAnswer, sendRaw } from './raw.ts';
import { bucketName, credentials, region, type TestS3 } from './server.ts';

export interface RawRequest {
  readonly method?: string;
  /** As it is sent; what is signed is what it decodes to. */
  readonly path?: string;
  /** Without the question mark, as it is sent, in order of its names. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly payloadHash?: string;
  readonly signedAt?: Date;
  readonly scope?: readonly [region: string, service: string];
}

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const encode = (bytes: Buffer): string =>
  [...bytes]
    .map((byte) =>
      /[\w.~/-]/.test(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');

/** `%41` and `A` are one path; what is no UTF-8 stays what it is. */
const canonicalPath = (path: string): string =>
  encode(
    Buffer.from(
      path.replaceAll('+', ' ').replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    ),
  );

/** The headers of a request, signed as the SigV4 reference says and by no code of the project, nothing normalised. */
export function sign(s3: TestS3, request: RawRequest): Record<string, string> {
  const signedAt = (request.signedAt ?? new Date()).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const [scopeRegion, service] = request.scope ?? [region, 's3'];
  const scope = [signedAt.slice(0, 8), scopeRegion, service, 'aws4_request'];
  const headers: Record<string, string> = {
    host: new URL(s3.origin).host,
    'x-amz-content-sha256': request.payloadHash ?? sha256(request.body ?? ''),
    'x-amz-date': signedAt,
    'x-amz-security-token': credentials.sessionToken,
    ...request.headers,
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    request.method ?? 'GET',
    canonicalPath(request.path ?? `/${bucketName}`),
    (request.query ?? '')
      .split('&')
      .map((part) => (part === '' || part.includes('=') ? part : `${part}=`))
      .join('&'),
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    headers['x-amz-content-sha256'],
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', signedAt, scope.join('/'), sha256(canonical)].join('\n');
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`);
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope.join('/')},SignedHeaders=${names.join(';')},Signature=${hmac(key, toSign).toString('hex')}`;
  return { ...headers, authorization };
}

/** Signs and sends, with headers that are sent otherwise or besides. */
export function sendSigned(s3: TestS3, request: RawRequest, unsigned: OutgoingHttpHeaders = {}): Promise<RawAnswer> {
  const { method = 'GET', path = `/${bucketName}`, query, body } = request;
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  const headers = { ...length, ...sign(s3, request), ...unsigned };
  const url = `${s3.origin}${path}${query === undefined ? '' : `?${query}`}`;
  return sendRaw(url, { method, headers, ...(body !== undefined && { body }) });
}

/** Sends these bytes and no more, and gives what comes back until the connection ends. */
export async function sendBytes(s3: TestS3, ...bytes: readonly (string | Buffer)[]): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(s3.origin).port), allowHalfOpen: true });
  for (const piece of bytes) socket.write(piece);
  socket.end();
  const answer = await text(socket).catch(() => '');
  socket.destroy();
  return answer;
}

/** The head of a signed request, line by line, with lines that are sent besides. */
export function headOf(s3: TestS3, request: RawRequest, ...lines: readonly string[]): string {
  const { method = 'GET', path = `/${bucketName}`, query } = request;
  const signed = Object.entries(sign(s3, request)).map(([name, value]) => `${name}: ${value}`);
  const target = `${path}${query === undefined ? '' : `?${query}`}`;
  return `${[`${method} ${target} HTTP/1.1`, 'connection: close', ...signed, ...lines].join('\r\n')}\r\n\r\n`;
}
