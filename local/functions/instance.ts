import type { Writable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { FunctionConfig, FunctionError, InvokeMessage, WorkerMessage, WorkerSettings } from './types.ts';

/** Lambda gives the code outside the handler ten seconds ("Understanding the Lambda execution environment lifecycle"). */
const initTimeoutSeconds = 10;

/** One execution environment: a thread with the bundle loaded. */
export interface Instance {
  /** One at a time. Rejects never; after a failure that ended the thread, `alive` is false. */
  run(message: Omit<InvokeMessage, 'deadlineMs'>): Promise<WorkerMessage>;
  readonly alive: boolean;
  stop(): Promise<void>;
}

const failed = (errorType: string, errorMessage: string): WorkerMessage => ({
  kind: 'failed',
  error: { errorType, errorMessage } satisfies FunctionError,
});

const startWorker = (config: FunctionConfig, log: Writable): Worker => {
  const workerData: WorkerSettings = {
    codeDirectory: config.codeDirectory,
    handler: config.handler,
    functionName: config.name,
    functionArn: config.arn,
    memorySizeMb: config.memorySizeMb,
  };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData,
    env: { ...config.environment },
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  worker.stdout.pipe(log, { end: false });
  worker.stderr.pipe(log, { end: false });
  return worker;
};

export const startInstance = (config: FunctionConfig, log: Writable): Instance => {
  const worker = startWorker(config, log);
  let alive = true;
  let settle: ((message: WorkerMessage) => void) | undefined;
  worker.on('message', (message: WorkerMessage) => settle?.(message));
  worker.on('error', (cause) => {
    alive = false;
    const [errorType, errorMessage] = cause instanceof Error ? [cause.name, cause.message] : ['Error', String(cause)];
    settle?.(failed(errorType, errorMessage));
  });
  worker.on('exit', (code) => {
    alive = false;
    settle?.(failed('Runtime.ExitError', `Runtime exited with error: exit status ${code}`));
  });

  const stop = async () => {
    alive = false;
    await worker.terminate();
  };

  /** The next message of the worker; where it takes too long, the worker is ended. */
  const next = async (timeoutSeconds: number, tooSlow: WorkerMessage): Promise<WorkerMessage> => {
    const { promise, resolve } = Promise.withResolvers<WorkerMessage>();
    settle = resolve;
    const timer = setTimeout(() => {
      resolve(tooSlow);
      void stop();
    }, timeoutSeconds * 1000);
    const message = await promise;
    clearTimeout(timer);
    settle = undefined;
    return message;
  };

  const ready = next(initTimeoutSeconds, failed('Sandbox.Timedout', 'INIT timed out after 10.00 seconds'));

  return {
    get alive() {
      return alive;
    },
    stop,
    run: async (message) => {
      const started = await ready;
      if (started.kind !== 'ready') {
        await stop();
        return started;
      }
      if (!alive) return failed('Runtime.ExitError', 'Runtime exited between invocations');
      const seconds = config.timeoutSeconds;
      const outcome = next(
        seconds,
        failed(
          'Sandbox.Timedout',
          `RequestId: ${message.requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
        ),
      );
      worker.postMessage({ ...message, deadlineMs: Date.now() + seconds * 1000 } satisfies InvokeMessage);
      return outcome;
    },
  };
};
