import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileSchedule } from '../../../local/events/schedule-expression.ts';
import { TemplateError } from '../../../local/template/errors.ts';

const next = (expression: string, after: string): string | undefined =>
  compileSchedule(expression, 'rule')(new Date(after))?.toISOString();

describe('a schedule', () => {
  it.each([
    ['rate(1 minute)', '2026-03-01T12:00:30Z', '2026-03-01T12:01:30.000Z'],
    ['rate(5 minutes)', '2026-03-01T12:00:00Z', '2026-03-01T12:05:00.000Z'],
    ['rate(2 hours)', '2026-03-01T23:00:00Z', '2026-03-02T01:00:00.000Z'],
    ['rate(1 day)', '2026-02-28T00:00:00Z', '2026-03-01T00:00:00.000Z'],
    // The examples of the user guide, "Cron expressions".
    ['cron(15 10 * * ? *)', '2026-03-01T10:15:00Z', '2026-03-02T10:15:00.000Z'],
    ['cron(0 18 ? * MON-FRI *)', '2026-03-06T18:00:00Z', '2026-03-09T18:00:00.000Z'],
    ['cron(0 8 1 * ? *)', '2026-03-01T08:00:00Z', '2026-04-01T08:00:00.000Z'],
    ['cron(0/15 * * * ? *)', '2026-03-01T12:31:00Z', '2026-03-01T12:45:00.000Z'],
    ['cron(0/10 * ? * MON-FRI *)', '2026-03-07T00:00:00Z', '2026-03-09T00:00:00.000Z'],
    ['cron(0/5 8-17 ? * mon-fri *)', '2026-03-06T17:55:00Z', '2026-03-09T08:00:00.000Z'],
    ['cron(*/20 0 1,15 JAN,JUL ? *)', '2026-01-15T00:40:00Z', '2026-07-01T00:00:00.000Z'],
    ['cron(0 0 29 2 ? *)', '2026-03-01T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['cron(0 0 ? * 1 *)', '2026-03-02T00:00:00Z', '2026-03-08T00:00:00.000Z'],
    ['cron(0 0 1 1 ? 2027-2029/2)', '2027-01-01T00:00:00Z', '2029-01-01T00:00:00.000Z'],
  ])('%s runs after %s at %s', (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  it('that is over never runs again', () => {
    expect(next('cron(0 0 1 1 ? 2020)', '2026-01-01T00:00:00Z')).toBeUndefined();
    expect(next('cron(0 0 30 2 ? *)', '2026-01-01T00:00:00Z')).toBeUndefined();
  });

  it.each([
    'rate(1 minutes)',
    'rate(5 minute)',
    'rate(0 minutes)',
    'rate(5 weeks)',
    'rate(5minutes)',
    'at(2026-03-01T12:00:00)',
    'cron(0 0 * * * *)',
    'cron(0 0 ? * ? *)',
    'cron(0 0 L * ? *)',
    'cron(0 0 3W * ? *)',
    'cron(0 0 ? * 6#3 *)',
    'cron(60 0 * * ? *)',
    'cron(0 24 * * ? *)',
    'cron(0 0 0 * ? *)',
    'cron(5-1 0 * * ? *)',
    'cron(0 ? * * ? *)',
    'cron(0/0 0 * * ? *)',
    'cron(0 0 * *)',
    '',
  ])('%j stops the start', (expression) => {
    expect(() => compileSchedule(expression, 'rule')).toThrow(TemplateError);
  });

  it('never runs before the time it is asked about, and misses no minute that it names', () => {
    const time = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(time, fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 23 }), (after, minute, hour) => {
        const run = compileSchedule(`cron(${minute} ${hour} * * ? *)`, 'rule')(after) ?? new Date(0);
        expect(run.getTime()).toBeGreaterThan(after.getTime());
        expect(run.getTime() - after.getTime()).toBeLessThanOrEqual(86_400_000);
        expect([run.getUTCMinutes(), run.getUTCHours(), run.getUTCSeconds()]).toEqual([minute, hour, 0]);
      }),
    );
  });
});
