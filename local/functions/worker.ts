import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { shiftDate } from './shift-date.ts';
import type { FunctionError, InvokeMessage, Outcome, WorkerMessage, WorkerSettings } from './types.ts';

/** Runs in a thread of its own: loads one bundle once, then handles one invocation after the other. */

type Handler = (event: unknown, context: object) => unknown;

const settings = workerData as WorkerSettings;

/** Deadlines are the machine's, whatever the clock of the cloud says. */
const machineNow = Date.now;

if (settings.clockOffset !== undefined) shiftDate(settings.clockOffset);

const describe = (cause: unknown): FunctionError =>
  cause instanceof Error
    ? { errorType: cause.name, errorMessage: cause.message, trace: (cause.stack ?? '').split('\n') }
    : { errorType: typeof cause, errorMessage: String(cause) };

const load = async (): Promise<Handler> => {
  const dot = settings.handler.lastIndexOf('.');
  const base = join(settings.codeDirectory, settings.handler.slice(0, dot));
  const file = ['.mjs', '.js', '.cjs'].map((extension) => base + extension).find((path) => existsSync(path));
  if (file === undefined) {
    throw Object.assign(new Error(`Cannot find module '${base}'`), { name: 'Runtime.ImportModuleError' });
  }
  const exported: unknown = (await import(pathToFileURL(file).href))[settings.handler.slice(dot + 1)];
  if (typeof exported !== 'function') {
    throw Object.assign(new Error(`${settings.handler} is not a function`), { name: 'Runtime.HandlerNotFound' });
  }
  return exported as Handler;
};

/** The context object (Lambda developer guide, "Node.js context object"). */
const contextOf = ({ requestId, deadlineMs }: InvokeMessage) => ({
  awsRequestId: requestId,
  callbackWaitsForEmptyEventLoop: true,
  functionName: settings.functionName,
  functionVersion: '$LATEST',
  invokedFunctionArn: settings.functionArn,
  logGroupName: `/aws/lambda/${settings.functionName}`,
  logStreamName: 'local',
  memoryLimitInMB: String(settings.memorySizeMb),
  getRemainingTimeInMillis: () => Math.max(0, deadlineMs - machineNow()),
});

const run = async (handler: Handler, message: InvokeMessage): Promise<Outcome> => {
  try {
    const result = await handler(JSON.parse(message.event), contextOf(message));
    return { kind: 'done', payload: JSON.stringify(result) ?? 'null' };
  } catch (cause) {
    return { kind: 'failed', error: describe(cause) };
  }
};

const post = (message: WorkerMessage) => parentPort?.postMessage(message);

try {
  const handler = await load();
  parentPort?.on('message', async (message: InvokeMessage) => post(await run(handler, message)));
  post({ kind: 'ready' });
} catch (cause) {
  post({ kind: 'failed', error: describe(cause) });
}
