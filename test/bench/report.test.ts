import { describe, expect, it } from 'vitest';
import { type Report, tableOf, thisMachine } from '../../bench/report.ts';

const summary = (median: number) => ({ median, p10: median * 0.9, p90: median * 1.25, samples: 30 });
const report: Report = {
  bench: 'cold-start',
  about: 'process start to first answer',
  unit: 'ms',
  ratio: 'time',
  machine: { cpuModel: 'Example CPU', cores: 2, nodeVersion: 'v24.0.0' },
  groups: [
    {
      name: 'first answers',
      reference: 'empty',
      rows: [
        { name: 'empty', time: summary(24), ratio: summary(1) },
        { name: 'request-upload', sizeBytes: 433_210, time: summary(1234.5), ratio: summary(51.4375) },
      ],
    },
  ],
};

describe('tableOf', () => {
  it('says what was measured where, and lines the figures up', () => {
    expect(tableOf(report).split('\n')).toEqual([
      'cold-start: process start to first answer',
      'Example CPU, 2 cores, Node v24.0.0',
      '',
      'first answers, × the time of empty',
      '                  ms                    ×                  kB  samples',
      'empty             24    (21.6 … 30)     1   (0.9 … 1.25)            30',
      'request-upload  1235  (1111 … 1543)  51.4  (46.3 … 64.3)  433       30',
      '',
      'Medians; in brackets what a tenth of the samples stayed below and a tenth above.',
    ]);
  });

  it('has no column of sizes where none was given', () => {
    const [group] = report.groups;
    const rows = group?.rows.slice(0, 1) ?? [];
    expect(tableOf({ ...report, groups: [{ name: 'a', reference: 'empty', rows }] })).not.toContain('kB');
  });
});

describe('thisMachine', () => {
  it('names processor, cores and Node', () => {
    expect(thisMachine()).toEqual({
      cpuModel: expect.stringMatching(/\S/),
      cores: expect.any(Number),
      nodeVersion: process.version,
    });
    expect(thisMachine().cores).toBeGreaterThan(0);
  });
});
