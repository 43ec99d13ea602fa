import { measureLists, type Size } from '../lists/measure.ts';
import type { Findings } from './bench.ts';

const counts = [100, 1000, 10_000, 100_000, 1_000_000];

const cellOf = (size: Size, name: string): string => {
  const cost = size.costs.find((each) => each.name === name);
  return cost === undefined ? '' : `${cost.readUnits} / ${cost.requests}`;
};

const tableOf = (sizes: readonly Size[]): string => {
  const names = sizes[0]?.costs.map(({ name }) => name) ?? [];
  const rows = [
    ['read units / requests among', ...sizes.map(({ count }) => count.toLocaleString('en'))],
    ...names.map((name) => [name, ...sizes.map((size) => cellOf(size, name))]),
  ];
  const width = Math.max(...rows.map(([name = '']) => name.length));
  return rows
    .map(([name = '', ...cells]) => [name.padEnd(width), ...cells.map((cell) => cell.padStart(11))].join(' '))
    .join('\n');
};

/** Counts what pages of lists read, from 100 to 1,000,000 documents in one list. */
export const run = async (): Promise<Findings> => {
  const sizes = await measureLists(counts);
  return {
    text: [
      tableOf(sizes),
      [
        'Counted by the emulator, whose query of an index weighs each entry it reads and rounds up to 4 KiB; not on AWS.',
        'The documents were put into its folder by its own functions for keys and indexes, not through its interface;',
        'those of up to 1,000 a second time through the adapter, see twinCosts in --json. Totals, where they are told, are',
        'one unit and one request more.',
      ].join('\n'),
    ].join('\n\n'),
    findings: { sizes },
  };
};
