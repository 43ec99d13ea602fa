import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { ClockOffset } from './clock-offset.ts';
import { type Instance, startInstance } from './instance.ts';
import type { FunctionConfig, Invocation, LambdaFunction, Outcome } from './types.ts';

/** Request and answer of a synchronous invocation are at most 6 MB (Lambda quotas). */
const payloadSizeBytesMax = 6 * 1024 * 1024;

const tooLarge = (what: string, errorType: string): Invocation => ({
  ok: false,
  error: { errorType, errorMessage: `${what} must be smaller than or equal to ${payloadSizeBytesMax} bytes` },
});

const stopped: Outcome = {
  kind: 'failed',
  error: { errorType: 'Runtime.ExitError', errorMessage: 'The local cloud is stopping.' },
};

/** Warm instances, and new ones up to the bound of the function; who finds none waits in line. */
const createPool = (config: FunctionConfig, log: Writable, clockOffset: ClockOffset | undefined) => {
  const idle: Instance[] = [];
  const all = new Set<Instance>();
  /** Threads that are on their way out. */
  const ending = new Set<Promise<void>>();
  const waiting: ((instance: Instance | undefined) => void)[] = [];
  let closed = false;

  const start = (): Instance => {
    const instance = startInstance(config, log, clockOffset);
    all.add(instance);
    return instance;
  };

  const end = (instance: Instance): void => {
    all.delete(instance);
    const ended = instance.stop().finally(() => ending.delete(ended));
    ending.add(ended);
  };

  return {
    /** Undefined where the pool closes before one is free. */
    acquire: async (): Promise<Instance | undefined> => {
      if (closed) return undefined;
      const warm = idle.pop();
      if (warm !== undefined) return warm;
      return all.size < config.concurrencyMax ? start() : new Promise((resolve) => waiting.push(resolve));
    },
    release: (instance: Instance): void => {
      if (!instance.alive) end(instance);
      if (closed) return;
      const next = waiting.shift();
      if (next !== undefined) next(instance.alive ? instance : start());
      else if (instance.alive) idle.push(instance);
    },
    close: async (): Promise<void> => {
      closed = true;
      for (const resolve of waiting) resolve(undefined);
      await Promise.all([...ending, ...[...all].map((instance) => instance.stop())]);
    },
  };
};

/**
 * Runs one function. A failed invocation ends its instance only where the thread is gone, as on Lambda; an error that a
 * handler throws leaves it warm. What it prints, and how it fails, goes to its log file.
 */
export const createFunction = (
  config: FunctionConfig,
  logDirectory: string,
  clockOffset?: ClockOffset,
): LambdaFunction => {
  mkdirSync(logDirectory, { recursive: true });
  const log = createWriteStream(join(logDirectory, `${config.name}.log`), { flags: 'a' });
  const pool = createPool(config, log, clockOffset);
  const running = new Set<Promise<Invocation>>();

  const run = async (event: unknown): Promise<Invocation> => {
    const message = { requestId: randomUUID(), event: JSON.stringify(event) };
    if (message.event.length > payloadSizeBytesMax) return tooLarge('Request', 'RequestEntityTooLargeException');
    const instance = await pool.acquire();
    const outcome = (await instance?.run(message)) ?? stopped;
    if (instance !== undefined) pool.release(instance);
    if (outcome.kind === 'done') {
      const isTooLarge = outcome.payload.length > payloadSizeBytesMax;
      return isTooLarge
        ? tooLarge('Response', 'Function.ResponseSizeTooLarge')
        : { ok: true, payload: JSON.parse(outcome.payload) };
    }
    const { error } = outcome;
    log.write(`${message.requestId} ${error.errorType}: ${error.errorMessage}\n`);
    return { ok: false, error };
  };

  return {
    config,
    invoke: (event) => {
      const invocation = run(event).finally(() => running.delete(invocation));
      running.add(invocation);
      return invocation;
    },
    close: async () => {
      await pool.close();
      await Promise.all(running);
      log.end();
      await finished(log);
    },
  };
};
