import assumptions from '../cost/assumptions.json' with { type: 'json' };
import { type BillLine, billOf, sumOf } from '../cost/bill.ts';
import { type Kind, liveOnce, type Step } from '../cost/life.ts';
import prices from '../cost/prices.json' with { type: 'json' };
import { createMeter, items } from '../cost/usage.ts';
import { startWorld } from '../cost/world.ts';
import type { Findings } from './bench.ts';

interface Life {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly bill: readonly BillLine[];
  /** From the declaration until the document can be downloaded. */
  readonly writeUnitsUntilAvailable: number;
}

const live = async (name: string, kind: Kind): Promise<Life> => {
  const meter = createMeter();
  await using world = await startWorld(meter);
  // The first life pays for nothing that the second does not; a second shows that the counts are those of any.
  await liveOnce(world, meter, kind);
  const steps = await liveOnce(world, meter, kind);
  const untilAvailable = steps.slice(
    0,
    steps.findIndex((step) => step.name === 'wait'),
  );
  return {
    name,
    steps,
    bill: billOf(steps),
    writeUnitsUntilAvailable: sumOf(untilAvailable).dynamodbWriteUnits,
  };
};

const figure = (value: number): string => String(Number(value.toFixed(3)));

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)));
  return rows.map((row) => line(row).join('  ')).join('\n');
};

const textOf = ({ name, steps, bill, writeUnitsUntilAvailable }: Life): string => {
  const counted = items.filter((item) => steps.some(({ usage }) => usage[item] > 0));
  const total = bill.reduce((sum, { cost }) => sum + cost, 0);
  return [
    name,
    table([
      ['', ...steps.map((step) => step.name), 'all'],
      ...counted.map((item) => [item, ...steps.map(({ usage }) => figure(usage[item])), figure(sumOf(steps)[item])]),
    ]),
    `DynamoDB write units, declare to available: ${figure(writeUnitsUntilAvailable)}`,
    '',
    table([
      ['a million documents', prices.currency],
      ...bill.filter(({ cost }) => cost > 0).map(({ item, cost }) => [item, cost.toFixed(2)]),
      ['all', total.toFixed(2)],
    ]),
  ].join('\n');
};

/** Counts what the normal life of a document costs, from the emulators' own answers, and prices it. */
export const run = async (): Promise<Findings> => {
  const lives = [
    await live('without scanner and quotas', { isScanned: false, hasQuotas: false }),
    await live('without scanner and quotas but by a form', { isScanned: false, hasQuotas: false, isByForm: true }),
    await live('with quotas of tenant and user', { isScanned: false, hasQuotas: true }),
    await live('with quotas and Malware Protection, as the example environments have it', {
      isScanned: true,
      hasQuotas: true,
    }),
  ];
  return {
    text: [
      ...lives.map(textOf),
      `Units and requests are counted on the emulators. Assumed: ${JSON.stringify(assumptions)}`,
      prices.source,
    ].join('\n\n'),
    findings: { lives, prices, assumptions },
  };
};
