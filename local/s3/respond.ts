import type { IncomingMessage, ServerResponse } from 'node:http';
import { faultOfCall } from './control/call-faults.ts';
import { corsHeaders, findCorsRule } from './cors/rules.ts';
import { bucketOf, type Context, handle } from './handle.ts';
import { type Answer, discardAnswer, refusalAnswer, sendAnswer } from './http/answer.ts';
import { newRequestIds, parseRequest, type S3Request } from './http/request.ts';
import { Refusal } from './refusal.ts';

/** Answers one HTTP request, whatever happens. A bug becomes InternalError for the client and a line for the developer. */
export async function respond(context: Context, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const ids = newRequestIds();
  const receivedAt = context.clock.now();
  const request = parseRequest(incoming, receivedAt, ids);
  const fault =
    context.faults && !(request instanceof Refusal)
      ? faultOfCall(context.faults, request, incoming, response)
      : undefined;
  const outcome =
    request instanceof Refusal
      ? request
      : ((await fault?.before()) ?? (await settle(context, request, incoming, response)));
  const trueAnswer = outcome instanceof Refusal ? refusalAnswer(outcome, ids) : outcome;
  const answer = fault ? fault.after(trueAnswer) : trueAnswer;
  if (answer === undefined) return void incoming.socket.destroy();
  if (response.destroyed || response.headersSent) {
    // Who watches the server learns what was done, although the client did not.
    if (!response.headersSent) response.statusCode = answer.status;
    return discardAnswer(answer);
  }
  const cors = request instanceof Refusal || request.method === 'OPTIONS' ? {} : corsHeadersOf(context, request);
  const own = {
    // SDKs correct their clock by it, so it must be the clock that signatures are checked with.
    date: receivedAt.toUTCString(),
    'x-amz-request-id': ids.requestId,
    'x-amz-id-2': ids.hostId,
  };
  // What is left of a refused body is read and thrown away, or a browser would see a broken connection, not the answer.
  incoming.resume();
  await sendAnswer(
    response,
    { ...answer, headers: { ...own, ...cors, ...answer.headers } },
    incoming.method === 'HEAD',
  );
}

async function settle(
  context: Context,
  request: S3Request,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<Answer | Refusal> {
  try {
    return await handle(context, request, incoming, response);
  } catch (error) {
    console.error(`The local S3 failed at ${request.method} ${request.path}`, error);
    return new Refusal('InternalError');
  }
}

/** Errors carry them too: a page must be able to read why it was refused. */
function corsHeadersOf(context: Context, request: S3Request): Record<string, string> {
  const origin = request.headers.get('origin');
  if (origin === undefined) return {};
  const rule = findCorsRule(bucketOf(context, request)?.cors ?? [], origin, request.method, []);
  return rule === undefined ? {} : corsHeaders(rule, origin);
}
