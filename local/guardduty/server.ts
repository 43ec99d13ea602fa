import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Access, refusalOf } from '../aws-json/access.ts';
import { parametersOf } from '../aws-json/parameters.ts';
import { type Refusal, refuse } from '../aws-json/refusal.ts';
import { awsJsonRequest } from '../aws-json/request.ts';
import { systemClock } from '../clock.ts';
import type { Queue } from '../queues/queue.ts';
import { readBody } from '../read-body.ts';
import type { PlanConfig } from './plan.ts';
import { sendObjectMalwareScan } from './send-object-malware-scan.ts';

export interface LocalGuardDutyOptions extends Access {
  readonly plans: readonly PlanConfig[];
  /** Where scans wait. */
  readonly queue: Queue;
}

export interface LocalGuardDuty {
  /** For `AWS_ENDPOINT_URL_GUARDDUTY`. */
  readonly origin: string;
  close(): Promise<void>;
}

const bodySizeBytesMax = 64 * 1024;
const path = '/object-malware-scan/send';

/** The action has no resource type in the service authorization reference of GuardDuty: only `*` allows it. */
const service = {
  name: 'guardduty',
  wantedOf: () => ({ action: 'guardduty:SendObjectMalwareScan', resources: ['*'], conditions: {} }),
};

const statusOf = ({ code }: Refusal): number => {
  if (code === 'NotImplemented') return 501;
  return code === 'BadRequestException' ? 400 : 403;
};

const answer = (response: ServerResponse, refusal: Refusal | undefined): void => {
  const status = refusal === undefined ? 200 : statusOf(refusal);
  response.writeHead(status, {
    'Content-Type': 'application/json',
    ...(refusal && { 'x-amzn-ErrorType': refusal.code }),
  });
  response.end(JSON.stringify(refusal === undefined ? {} : { message: refusal.message }));
};

const run = (
  { plans, queue, ...access }: LocalGuardDutyOptions,
  request: IncomingMessage,
  body: Buffer,
  now: Date,
): Refusal | undefined => {
  if (request.method !== 'POST' || request.url !== path) {
    const call = `${request.method} ${request.url}`;
    return refuse('NotImplemented', `The local GuardDuty does not do ${call}: only SendObjectMalwareScan.`);
  }
  const refused = refusalOf(awsJsonRequest(request, body, now), service, access);
  if (refused !== undefined) return refused;
  const fault = sendObjectMalwareScan(plans, queue, parametersOf(body));
  return fault === undefined ? undefined : refuse('BadRequestException', fault);
};

/** GuardDuty on 127.0.0.1, at any free port: scans on demand, and nothing else of its API. */
export const startLocalGuardDuty = async (options: LocalGuardDutyOptions): Promise<LocalGuardDuty> => {
  const clock = options.clock ?? systemClock;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // The SDK sets its clock by it: by another one it would sign its next call for a time that is not now.
    response.setHeader('Date', clock.now().toUTCString());
    // Pages of browsers name their origin; they have no business here.
    if (request.headers.origin !== undefined) return void response.writeHead(403).end();
    const body = await readBody(request, bodySizeBytesMax);
    if (body === undefined) return void response.writeHead(413).end();
    answer(response, run(options, request, body, clock.now()));
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((cause: unknown) => {
      if (request.complete) console.error('The local GuardDuty failed', cause);
      response.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
