import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../bench/benches/cost.ts';
import { type BillLine, sumOf } from '../../bench/cost/bill.ts';
import type { Step } from '../../bench/cost/life.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

interface Life {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly bill: readonly BillLine[];
  readonly writeUnitsUntilAvailable: number;
}
let lives: readonly Life[];
beforeAll(async () => {
  const { findings } = (await run()) as unknown as { findings: { lives: readonly Life[] } };
  lives = findings.lives;
}, 60_000);

describe('what the README says that a document costs', () => {
  it('in write units and requests is what the bench counts', () => {
    const rows = [...readme.matchAll(/^\| (\D+?) \| (\d+) \| (\d+) \| (\d+) \/ (\d+) \|$/gm)].map(
      ([, ...cells]) => cells,
    );
    expect(rows).toEqual(
      lives.map(({ name, steps, writeUnitsUntilAvailable }) => {
        const all = sumOf(steps);
        const counts = [writeUnitsUntilAvailable, all.dynamodbWriteUnits, all.s3WriteRequests, all.s3ReadRequests];
        return [name.split(',')[0], ...counts.map(String)];
      }),
    );
  });

  it('in dollars is what the bench prices, everything included', () => {
    const costs = lives.at(-1)?.bill ?? [];
    const sum = (items: RegExp) =>
      costs.reduce((total, { item, cost }) => total + (items.test(item) ? cost : 0), 0).toFixed(0);
    const [, ...said] =
      /(\d+) USD with everything, of which Malware\s+Protection is (\d+) and egress (\d+)\./.exec(readme) ?? [];
    expect(said).toEqual([sum(/./), sum(/^guardDuty/), sum(/^egress/)]);
  });
});
