import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, discardAnswer, refusalAnswer } from '../http/answer.ts';
import type { S3Request } from '../http/request.ts';
import { isFormUpload } from '../post/handle-form.ts';
import { postObjectName } from '../post/post-object.ts';
import { Refusal } from '../refusal.ts';
import { findOperation } from '../routing/router.ts';
import { type BodyFault, disturbAnswer, disturbRequest } from './body-faults.ts';
import type { CallCommand } from './commands.ts';
import type { Faults } from './faults.ts';

/** What happens to one call. */
export interface CallFault {
  /** Waits, and refuses the call before it has done anything. */
  before(): Promise<Refusal | undefined>;
  /** The answer that is sent in place of the true one; undefined: none, the connection is cut. */
  after(answer: Answer): Answer | undefined;
}

/** To be called before any of the request's body was parsed. Undefined, as nearly always: nothing happens to it. */
export function faultOfCall(
  faults: Faults,
  request: S3Request,
  incoming: IncomingMessage,
  response: ServerResponse,
): CallFault | undefined {
  const name = operationNameOf(request);
  const commands = name === undefined ? [] : faults.takeForCall(name);
  if (commands.length === 0) return undefined;
  const onRequest = bodyFault(commands, 'request');
  if (onRequest) disturbRequest(incoming, onRequest);
  const refusalOf = (when: 'before' | 'after'): Refusal | undefined => {
    const failing = commands.find((command) => command.kind === 'fail' && command.when === when);
    return failing?.kind === 'fail' ? new Refusal(failing.code) : undefined;
  };
  return {
    before: async () => {
      await waitUnlessGone(latencyMsOf(commands), response);
      return refusalOf('before');
    },
    after: (answer) => {
      const refusal = refusalOf('after');
      if (refusal) discardAnswer(answer);
      return answerOf(refusal ? refusalAnswer(refusal, request.ids) : answer, bodyFault(commands, 'answer'));
    },
  };
}

function operationNameOf(request: S3Request): string | undefined {
  if (isFormUpload(request)) return postObjectName;
  const operation = findOperation(request);
  return operation instanceof Refusal ? undefined : operation.name;
}

function bodyFault(commands: readonly CallCommand[], body: 'request' | 'answer'): BodyFault | undefined {
  const cutAfterBytes = commands.flatMap((command) =>
    command.kind === 'cut' && command.body === body ? [command.afterBytes] : [],
  )[0];
  const bytesPerSecond = commands.flatMap((command) =>
    command.kind === 'slow' && command.bytesPerSecond !== undefined ? [command.bytesPerSecond] : [],
  )[0];
  return cutAfterBytes === undefined && bytesPerSecond === undefined ? undefined : { cutAfterBytes, bytesPerSecond };
}

const latencyMsOf = (commands: readonly CallCommand[]): number =>
  commands.reduce((sum, command) => sum + (command.kind === 'slow' ? (command.latencyMs ?? 0) : 0), 0);

/** A client that goes away, or a server that stops, ends the waiting. */
async function waitUnlessGone(milliseconds: number, response: ServerResponse): Promise<void> {
  if (milliseconds === 0) return;
  const gone = new AbortController();
  const abort = (): void => gone.abort();
  response.once('close', abort);
  await wait(milliseconds, undefined, { signal: gone.signal }).catch((error: unknown) => {
    if (!gone.signal.aborted) throw error;
  });
  response.off('close', abort);
}

function answerOf(answer: Answer, fault: BodyFault | undefined): Answer | undefined {
  if (fault === undefined) return answer;
  if (fault.cutAfterBytes === 0) {
    discardAnswer(answer);
    return undefined;
  }
  const { body = '' } = answer;
  const mayHaveBody = answer.status !== 204 && answer.status !== 304;
  if (!mayHaveBody) return answer;
  const length = typeof body === 'string' && { 'content-length': String(Buffer.byteLength(body)) };
  return { ...answer, headers: { ...length, ...answer.headers }, body: disturbAnswer(body, fault) };
}
