import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Hostility } from './plan.ts';

/** One place in our code, changed: `find` must occur in the file exactly once. */
export interface Edit {
  /** From the root of the repository. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** Schedules that one thread runs: the seeds `first`, `first + step`, …, `count` of them. */
export interface Shard {
  readonly first: number;
  readonly count: number;
  readonly step: number;
  readonly edits: readonly Edit[];
  readonly hostility?: Hostility | undefined;
  readonly lookFor?: RegExp | undefined;
  readonly stopsAtFirst: boolean;
}

export interface ShardReport {
  schedules: number;
  steps: number;
  cpuMilliseconds: number;
  /** The first twenty. */
  readonly violations: { readonly seed: number; readonly violation: string }[];
  /** How often each change of the lifecycle was made. */
  readonly changes: Map<string, number>;
  /** Milliseconds that the latest change was made after the deadline of the state before it. */
  lateMs: number;
  /** Of the first hundred schedules. */
  readonly hashes: string[];
}

/** Runs one shard in a thread of its own, where nothing else is loaded that edits could be too late for. */
export const runShard = (shard: Shard): Promise<ShardReport> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: shard,
      execArgv: [],
      env: { ...process.env, POWERTOOLS_LOG_LEVEL: 'SILENT' },
    });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`A shard ended with ${code} and no report.`)));
  });

/** Runs the seeds from `first` on, as many threads side by side as there are cores; the same seeds in any case. */
export const runSeeds = async (first: number, count: number, hostility?: Hostility): Promise<ShardReport> => {
  const threads = availableParallelism();
  const reports = await Promise.all(
    Array.from({ length: threads }, (_, index) =>
      runShard({
        first: first + index,
        count: Math.ceil((count - index) / threads),
        step: threads,
        edits: [],
        hostility,
        stopsAtFirst: false,
      }),
    ),
  );
  const changes = new Map<string, number>();
  for (const [change, times] of reports.flatMap((report) => [...report.changes]))
    changes.set(change, (changes.get(change) ?? 0) + times);
  const sum = (of: (report: ShardReport) => number) => reports.reduce((total, report) => total + of(report), 0);
  return {
    schedules: sum(({ schedules }) => schedules),
    steps: sum(({ steps }) => steps),
    cpuMilliseconds: sum(({ cpuMilliseconds }) => cpuMilliseconds),
    violations: reports.flatMap(({ violations }) => violations).sort((a, b) => a.seed - b.seed),
    changes,
    lateMs: Math.max(...reports.map(({ lateMs }) => lateMs)),
    hashes: reports.flatMap(({ hashes }) => hashes),
  };
};
