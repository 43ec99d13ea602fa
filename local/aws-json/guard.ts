import type { IncomingMessage, ServerResponse } from 'node:http';
import { systemClock } from '../clock.ts';
import { readBody } from '../read-body.ts';
import { type Access, refusalOf } from './access.ts';
import type { AwsJsonService } from './protocol.ts';
import type { Refusal } from './refusal.ts';
import { awsJsonRequest } from './request.ts';

export const answerRefusal = (response: ServerResponse, service: AwsJsonService, refusal: Refusal): void => {
  response.writeHead(400, { 'Content-Type': service.contentType });
  response.end(JSON.stringify(service.errorOf(refusal)));
};

type Work = (request: IncomingMessage, body: Buffer, response: ServerResponse) => void | Promise<void>;

/**
 * AWS's checks before `work` does a call: signature, session token, and the right to do the operation. Pages of
 * browsers, which name their origin with every POST and preflight, are kept out.
 */
export const guarded = (service: AwsJsonService, access: Access, work: Work) => {
  const clock = access.clock ?? systemClock;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // The SDK sets its clock by it.
    response.setHeader('Date', clock.now().toUTCString());
    if (request.headers.origin !== undefined) return void response.writeHead(403).end();
    if (request.method !== 'POST' || request.url !== '/') return void response.writeHead(404).end();
    const body = await readBody(request, service.bodySizeBytesMax);
    if (body === undefined) return void response.writeHead(413).end();
    const refusal = refusalOf(awsJsonRequest(request, body, clock.now()), service, access);
    if (refusal !== undefined) return answerRefusal(response, service, refusal);
    await work(request, body, response);
  };
  return (request: IncomingMessage, response: ServerResponse): void => {
    serve(request, response).catch((cause: unknown) => {
      // A client that went away in the middle of its request is no fault.
      if (request.complete) console.error(`The local ${service.title} failed`, cause);
      response.destroy();
    });
  };
};
