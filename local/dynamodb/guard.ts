import { IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { Access } from '../aws-json/access.ts';
import { guarded } from '../aws-json/guard.ts';
import type { AwsJsonService } from '../aws-json/protocol.ts';
import { wantedOf } from './operations.ts';
import type { TablePlan } from './plan.ts';

const dynamoDb = (tables: readonly TablePlan[]): AwsJsonService => ({
  name: 'dynamodb',
  title: 'DynamoDB',
  contentType: 'application/x-amz-json-1.0',
  // "16 MB" is the most that any operation takes (developer guide, "Quotas").
  bodySizeBytesMax: 16 * 1024 * 1024,
  wantedOf: wantedOf(tables),
  errorOf: ({ code, message }) => {
    // DynamoDB itself writes `Message` here and `message` everywhere else.
    const name = code === 'AccessDeniedException' ? 'Message' : 'message';
    return { __type: `com.amazon.coral.service#${code}`, [name]: message };
  },
});

/** The same request once more, for who comes after those that read its body. */
const again = ({ socket, method = '', url = '', headers }: IncomingMessage, body: Buffer): IncomingMessage => {
  const request = Object.assign(new IncomingMessage(socket), { method, url, headers, complete: true });
  request.push(body);
  request.push(null);
  return request;
};

/** Puts AWS's checks before dynalite, which checks no signature and knows no policies. */
export const guard = (server: Server, tables: readonly TablePlan[], access: Access): void => {
  const listeners = server.listeners('request') as RequestListener[];
  const check = guarded(dynamoDb(tables), access, (request, body, response) => {
    const passed = again(request, body);
    for (const listener of listeners) listener(passed as Parameters<RequestListener>[0], response);
  });
  server.removeAllListeners('request').on('request', check);
};
