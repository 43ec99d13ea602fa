import assumptions from './assumptions.json' with { type: 'json' };
import type { Step } from './life.ts';
import prices from './prices.json' with { type: 'json' };
import { type Item, items, type Usage } from './usage.ts';

export interface BillLine {
  readonly item: Item | 'guardDutyScan' | 'egress';
  /** Of one document; gigabytes for what is billed by size. */
  readonly quantity: number;
  /** Of a million documents. */
  readonly cost: number;
}

const gigabytes = assumptions.documentSizeBytes / 1e9;

export const sumOf = (steps: readonly Step[]): Usage =>
  Object.fromEntries(items.map((item) => [item, steps.reduce((sum, { usage }) => sum + usage[item], 0)])) as Usage;

/** What a million such documents cost, item by item. */
export const billOf = (steps: readonly Step[]): readonly BillLine[] => {
  const usage = sumOf(steps);
  const bySize = (item: 'guardDutyScan' | 'egress', documents: number): BillLine => ({
    item,
    quantity: gigabytes * documents,
    cost: prices.perGigabyte[item] * gigabytes * documents * 1e6,
  });
  return [
    ...items.map((item) => ({ item, quantity: usage[item], cost: usage[item] * prices.perMillion[item] })),
    bySize('guardDutyScan', usage.guardDutyObjects),
    bySize('egress', 1),
  ];
};
