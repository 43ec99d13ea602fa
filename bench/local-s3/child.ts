import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** A server in a process of its own, so that it shares no event loop with its client. */
export interface Child extends AsyncDisposable {
  readonly origin: string;
  /** Of what else it serves, as far as it says so in the same line. */
  readonly otherOrigins: readonly string[];
  /** The most memory it has had so far; undefined where the system does not say (it does on Linux). */
  peakMemoryBytes(): number | undefined;
}

/**
 * Starts a server that prints where it listens, `http://127.0.0.1:PORT`, and waits for that. It is ended with this
 * process at the latest. Rejects where there is no such command or it ends before; with `ENOENT` for the former.
 */
export const startChild = async (command: string, args: readonly string[]): Promise<Child> => {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const kill = (): void => void child.kill();
  process.once('exit', kill);
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const [origin, ...otherOrigins] = await originsOf(child, [child.stdout, child.stderr]);
  return {
    origin,
    otherOrigins,
    peakMemoryBytes: () => (child.pid === undefined ? undefined : peakMemoryBytesOf(child.pid)),
    [Symbol.asyncDispose]: async () => {
      process.off('exit', kill);
      // Ours end with their standard input and tidy up; others are told to.
      child.stdin.end();
      if (command !== process.execPath) child.kill();
      await exited;
    },
  };
};

/** One of the servers of `bench/`, in this Node. */
export const startOwn = (file: string, ...args: string[]): Promise<Child> =>
  startChild(process.execPath, [join(import.meta.dirname, '..', file), ...args]);

const originsOf = async (child: ChildProcess, outputs: readonly Readable[]): Promise<[string, ...string[]]> => {
  let printed = '';
  const { promise, resolve, reject } = Promise.withResolvers<[string, ...string[]]>();
  child.once('error', reject);
  child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it listened:\n${printed}`)));
  const read = (chunk: Buffer): void => {
    printed += chunk;
    const [origin, ...others] = printed.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? [];
    if (origin === undefined) return;
    resolve([origin, ...others]);
    // Whoever logs must not wait for a reader.
    for (const output of outputs) output.off('data', read).resume();
  };
  for (const output of outputs) output.on('data', read);
  return promise;
};

const peakMemoryBytesOf = (pid: number): number | undefined => {
  if (process.platform !== 'linux') return undefined;
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
};

/** To be called by a server of ours once it listens: prints where, and tidies up when its parent is gone. */
export const serveParent = async (origins: string, tidyUp: () => Promise<void>): Promise<void> => {
  console.log(origins);
  process.stdin.resume();
  await once(process.stdin, 'end');
  await tidyUp();
};
