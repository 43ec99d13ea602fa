import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { type Instance, startInstance } from './instance.ts';
import type { FunctionConfig, Invocation, LambdaFunction } from './types.ts';

/** Request and answer of a synchronous invocation are at most 6 MB (Lambda quotas). */
const payloadSizeBytesMax = 6 * 1024 * 1024;

const tooLarge = (what: string, errorType: string): Invocation => ({
  ok: false,
  error: { errorType, errorMessage: `${what} must be smaller than or equal to ${payloadSizeBytesMax} bytes` },
});

/**
 * Keeps warm instances of one function and starts new ones up to its bound. A failed invocation ends its instance only
 * where the thread is gone, as on Lambda; an error that a handler throws leaves it warm.
 */
export const createFunction = (config: FunctionConfig, logDirectory: string): LambdaFunction => {
  mkdirSync(logDirectory, { recursive: true });
  const log = createWriteStream(join(logDirectory, `${config.name}.log`), { flags: 'a' });
  const idle: Instance[] = [];
  const all = new Set<Instance>();
  const waiting: ((instance: Instance) => void)[] = [];

  const acquire = (): Instance | Promise<Instance> => {
    const warm = idle.pop();
    if (warm !== undefined) return warm;
    if (all.size >= config.concurrencyMax) return new Promise((resolve) => waiting.push(resolve));
    const instance = startInstance(config, log);
    all.add(instance);
    return instance;
  };

  const release = (instance: Instance) => {
    const next = instance.alive ? instance : undefined;
    if (next === undefined) all.delete(instance);
    const waiter = waiting.shift();
    if (waiter === undefined) {
      if (next !== undefined) idle.push(next);
      return;
    }
    if (next !== undefined) return waiter(next);
    const replacement = startInstance(config, log);
    all.add(replacement);
    waiter(replacement);
  };

  return {
    config,
    invoke: async (event) => {
      const message = { requestId: randomUUID(), event: JSON.stringify(event) };
      if (message.event.length > payloadSizeBytesMax) return tooLarge('Request', 'RequestEntityTooLargeException');
      const instance = await acquire();
      const outcome = await instance.run(message);
      release(instance);
      if (outcome.kind === 'done') {
        return outcome.payload.length > payloadSizeBytesMax
          ? tooLarge('Response', 'Function.ResponseSizeTooLarge')
          : { ok: true, payload: JSON.parse(outcome.payload) };
      }
      const error =
        outcome.kind === 'failed' ? outcome.error : { errorType: 'Runtime.Unknown', errorMessage: outcome.kind };
      log.write(`${message.requestId} ${error.errorType}: ${error.errorMessage}\n`);
      return { ok: false, error };
    },
    close: async () => {
      await Promise.all([...all].map((instance) => instance.stop()));
      log.end();
      await finished(log);
    },
  };
};
