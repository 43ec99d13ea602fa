import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import type { ClockOffset } from './clock-offset.ts';
import type { FunctionConfig, InvokeMessage, Outcome, WorkerMessage, WorkerSettings } from './types.ts';

/** Lambda gives the code outside the handler ten seconds ("Understanding the Lambda execution environment lifecycle"). */
const initTimeoutSeconds = 10;

/** One execution environment: a thread with the bundle loaded. */
export interface Instance {
  /** One at a time. Resolves for every outcome; where the thread is gone after it, `alive` is false. */
  run(message: Omit<InvokeMessage, 'deadlineMs'>): Promise<Outcome>;
  readonly alive: boolean;
  /** Resolves when the thread is gone and all it printed is with the log. */
  stop(): Promise<void>;
}

const failed = (errorType: string, errorMessage: string): Outcome => ({
  kind: 'failed',
  error: { errorType, errorMessage },
});

/** A thread has the time zone of its process: for functions to be in UTC, as on Lambda, all of us are. */
const useUtc = (): void => {
  process.env.TZ = 'UTC';
};

const startWorker = (config: FunctionConfig, log: Writable, clockOffset: ClockOffset | undefined): Worker => {
  const workerData: WorkerSettings = {
    codeDirectory: config.codeDirectory,
    handler: config.handler,
    functionName: config.name,
    functionArn: config.arn,
    memorySizeMb: config.memorySizeMb,
    clockOffset: clockOffset?.buffer,
  };
  useUtc();
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

/** The messages of a worker; a failure where it breaks down. One waits at a time. */
const createInbox = (worker: Worker, onGone: () => void) => {
  let settle: ((message: WorkerMessage) => void) | undefined;
  worker.on('message', (message: WorkerMessage) => settle?.(message));
  worker.on('error', (cause) => {
    onGone();
    const [errorType, errorMessage] = cause instanceof Error ? [cause.name, cause.message] : ['Error', String(cause)];
    settle?.(failed(errorType, errorMessage));
  });
  worker.on('exit', (code) => {
    onGone();
    settle?.(failed('Runtime.ExitError', `Runtime exited with error: exit status ${code}`));
  });
  return async (timeoutSeconds: number, onTimeout: () => Outcome): Promise<WorkerMessage> => {
    const { promise, resolve } = Promise.withResolvers<WorkerMessage>();
    settle = resolve;
    const timer = setTimeout(() => resolve(onTimeout()), timeoutSeconds * 1000);
    const message = await promise;
    clearTimeout(timer);
    settle = undefined;
    return message;
  };
};

export const startInstance = (config: FunctionConfig, log: Writable, clockOffset?: ClockOffset): Instance => {
  const worker = startWorker(config, log, clockOffset);
  let alive = true;
  const next = createInbox(worker, () => {
    alive = false;
  });

  const printed = Promise.all([finished(worker.stdout), finished(worker.stderr)]);
  const stop = async () => {
    alive = false;
    await worker.terminate();
    await printed;
  };

  const giveUp = (errorMessage: string) => (): Outcome => {
    void stop();
    return failed('Sandbox.Timedout', errorMessage);
  };

  const ready = next(initTimeoutSeconds, giveUp(`INIT timed out after ${initTimeoutSeconds.toFixed(2)} seconds`));

  return {
    get alive() {
      return alive;
    },
    stop,
    run: async (message) => {
      const started = await ready;
      if (started.kind !== 'ready') {
        await stop();
        return started.kind === 'failed'
          ? started
          : failed('Runtime.Unknown', 'The worker answered before it was asked.');
      }
      if (!alive) return failed('Runtime.ExitError', 'Runtime exited between invocations');
      const seconds = config.timeoutSeconds;
      const tooSlow = `RequestId: ${message.requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`;
      clockOffset?.update();
      const outcome = next(seconds, giveUp(tooSlow));
      worker.postMessage({ ...message, deadlineMs: Date.now() + seconds * 1000 } satisfies InvokeMessage);
      const ended = await outcome;
      return ended.kind === 'ready' ? failed('Runtime.Unknown', 'The worker started twice.') : ended;
    },
  };
};
