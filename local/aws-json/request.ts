import type { IncomingMessage } from 'node:http';

export interface AwsJsonRequest {
  /** Without a query: these services have none. */
  readonly path: string;
  /** Lower-case name to value; repeated headers are joined with `,`. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly receivedAt: Date;
}

export const awsJsonRequest = (incoming: IncomingMessage, body: Buffer, receivedAt: Date): AwsJsonRequest => ({
  path: incoming.url ?? '/',
  headers: new Map(Object.entries(incoming.headersDistinct).map(([name, values = []]) => [name, values.join(',')])),
  body,
  sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
  receivedAt,
});
