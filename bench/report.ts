import { cpus } from 'node:os';
import type { Group, RatioKind, Row, unitsPerMs } from './compare.ts';

export interface Machine {
  readonly cpuModel: string;
  readonly cores: number;
  readonly nodeVersion: string;
}

/** What `--json` prints. */
export interface Report {
  readonly bench: string;
  readonly about: string;
  readonly unit: keyof typeof unitsPerMs;
  readonly ratio: RatioKind;
  readonly machine: Machine;
  readonly groups: readonly Group[];
  /** What else was seen, and what could not be: whole sentences. */
  readonly notes?: readonly string[];
}

export const thisMachine = (): Machine => {
  const cores = cpus();
  return { cpuModel: cores[0]?.model.trim() ?? 'unknown', cores: cores.length, nodeVersion: process.version };
};

/** The report for people: medians, with a tenth of the samples below and a tenth above the range beside them. */
export const tableOf = ({ bench, about, unit, ratio, machine, groups, notes = [] }: Report): string =>
  [
    `${bench}: ${about}`,
    `${machine.cpuModel}, ${machine.cores} cores, Node ${machine.nodeVersion}`,
    ...groups.flatMap((group) => [
      '',
      `${group.name}, × ${ratioWords[ratio]} ${group.reference}`,
      ...linesOf(group, unit),
    ]),
    '',
    'Medians; in brackets what a tenth of the samples stayed below and a tenth above.',
    ...notes,
  ].join('\n');

const ratioWords = { speed: 'the speed of', time: 'the time of' } as const;

const linesOf = ({ rows }: Group, unit: Report['unit']): string[] => {
  const withSizes = rows.some(({ sizeBytes }) => sizeBytes !== undefined);
  const cells = [
    ['', unit, '', '×', '', ...(withSizes ? ['kB'] : []), 'samples'],
    ...rows.map((row) => cellsOf(row, withSizes)),
  ];
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0))) ?? [];
  return cells.map((line) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
};

const cellsOf = ({ name, sizeBytes, time, ratio }: Row, withSizes: boolean): string[] => [
  name,
  figures(time.median),
  `(${figures(time.p10)} … ${figures(time.p90)})`,
  figures(ratio.median),
  `(${figures(ratio.p10)} … ${figures(ratio.p90)})`,
  ...(withSizes ? [sizeBytes === undefined ? '' : figures(sizeBytes / 1000)] : []),
  String(time.samples),
];

/** Three figures are more than such a measurement gives. */
const figures = (value: number): string => (value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3))));
