import { expect, it } from 'vitest';
import { reportName } from '../../../client/service/report-name.ts';

const now = new Date('2026-11-27T09:30:05.678Z');

it.each([
  [{ attributes: { reportType: 'Provider Payments – Q4/2026' } }, 'provider_payments_q4_2026', '.pdf'],
  [{ category: 'reports', attributes: { count: 4 } }, 'reports', '.pdf'],
  [{ mediaType: 'image/png' }, 'report', '.png'],
  [{ attributes: { reportType: '病歴' } }, 'report', '.pdf'],
  [{ mediaType: 'text/csv' }, 'report', ''],
])('of %j is its type, the time and what makes it unique', (metadata, type, ending) => {
  const name = reportName(metadata, now);
  expect(name).toMatch(new RegExp(`^${type}_20261127_093005_[0-9a-f]{8}${ending.replace('.', '\\.')}$`));
  expect(reportName(metadata, now)).not.toBe(name);
});

it('is never longer than names may be', () => {
  expect(reportName({ attributes: { reportType: 'a'.repeat(256) } }, now).length).toBeLessThan(255);
});
