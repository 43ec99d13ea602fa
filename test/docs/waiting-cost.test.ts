import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import prices from '../../bench/cost/prices.json' with { type: 'json' };
import { costOf, lives, looksOf, tableOfCosts, ways } from '../../docs/examples/waiting-cost.ts';
import pushPrices from '../../docs/examples/waiting-prices.json' with { type: 'json' };

const root = join(import.meta.dirname, '../..');
const [quick, scanned] = lives;
if (quick === undefined || scanned === undefined) throw new Error('Two lives are compared.');
const costsOf = (name: string) => {
  const way = ways.find((candidate) => candidate.name.includes(name));
  return [quick, scanned].map((life) => costOf(way?.usage(life) ?? {}));
};

/** Dollars for a million: API request, Lambda request, 15 ms of half a gigabyte, a read unit. */
const lookWithoutBytes = 3.5 + 0.2 + 0.015 * 0.5 * 13.33 + 0.125;

describe('the cost of waiting', () => {
  it('is in the decision as the example computes it', async () => {
    const page = readFileSync(join(root, 'docs/adr/030-waiting.md'), 'utf8');
    expect(page).toContain(tableOfCosts());
    const { stdout } = await promisify(execFile)('node', ['docs/examples/waiting-cost.ts'], { cwd: root });
    expect(stdout.trim()).toBe(tableOfCosts());
    const words = page.replace(/\s+/g, ' ');
    for (const life of lives) expect(words).toContain(`${looksOf(life)} looks ${life.name}`);
  });

  it('counts looks as the client makes them', () => {
    // 0.875 of 0.7 s, then of 1.7 times as much: 0.61 s and 1.65 s.
    expect(looksOf(quick)).toBe(2);
    // Then of 3 s, growing by half: 4.28 s, 8.22 s, 14.12 s and 22.98 s.
    expect(looksOf(scanned)).toBe(6);
  });

  it('is what a calculator says', () => {
    const egress = (kilobytes: number) => (kilobytes / 1e6) * 0.09 * 1e6;
    const [once, often] = costsOf('the schedule, conditional');
    expect(once).toBeCloseTo(2 * lookWithoutBytes + egress(0.5) + egress(1.1), 9);
    expect(often).toBeCloseTo(6 * lookWithoutBytes + 4 * egress(0.5) + 2 * egress(1.1), 9);
    const call = lookWithoutBytes - 3.5 - 0.125;
    const [socket] = costsOf('WebSocket');
    expect(socket).toBeCloseTo(lookWithoutBytes + egress(1.1) + 0.25 + 3 * call + 2 * 0.625 + call + 0.125 + 1, 9);
    const [status] = costsOf('S3 status object');
    expect(status).toBeCloseTo(2 * (0.4 + 1 + egress(0.5)) + 5 + 1, 9);
  });

  it('has a price for every item, and says where the prices are from', () => {
    for (const { usage } of ways) for (const life of lives) expect(costOf(usage(life))).toBeGreaterThan(0);
    for (const list of [prices, pushPrices]) expect(list.source).toContain('Check');
  });
});
