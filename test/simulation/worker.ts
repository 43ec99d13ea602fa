import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { Shard, ShardReport } from './pool.ts';

/** Runs the schedules of one shard, over code in which the shard's edits were made. */
const { first, count, step, edits, hostility, lookFor, stopsAtFirst } = workerData as Shard;

const editsByUrl = Map.groupBy(edits, ({ file }) => new URL(`../../${file}`, import.meta.url).href);

/** Each text occurs exactly once, or the edit is of code that is no more. */
const edited = (source: string, url: string): string => {
  let text = source;
  for (const { file, find, replace } of editsByUrl.get(url) ?? []) {
    if (text.split(find).length !== 2) throw new Error(`${file} does not hold exactly once: ${find}`);
    text = text.replace(find, () => replace);
  }
  return text;
};

registerHooks({
  load: (url, context, nextLoad) =>
    editsByUrl.has(url)
      ? {
          format: 'module-typescript',
          source: edited(readFileSync(new URL(url), 'utf8'), url),
          shortCircuit: true,
        }
      : nextLoad(url, context),
});

const { simulate } = await import('./simulate.ts');

const report: ShardReport = {
  schedules: 0,
  steps: 0,
  cpuMilliseconds: 0,
  violations: [],
  changes: new Map(),
  lateMs: 0,
  hashes: [],
};
const before = process.threadCpuUsage();
for (let seed = first; seed < first + count * step; seed += step) {
  const { violation, steps, changes, lateMs, hash } = await simulate(seed, { hostility, lookFor });
  report.schedules += 1;
  report.steps += steps;
  report.lateMs = Math.max(report.lateMs, lateMs);
  for (const [change, times] of changes) report.changes.set(change, (report.changes.get(change) ?? 0) + times);
  if (report.hashes.length < 100) report.hashes.push(hash);
  if (violation !== undefined && report.violations.length < 20) report.violations.push({ seed, violation });
  if (violation !== undefined && stopsAtFirst) break;
}
const { user, system } = process.threadCpuUsage(before);
report.cpuMilliseconds = (user + system) / 1000;
parentPort?.postMessage(report);
