import { TemplateError } from '../template/errors.ts';
import { compileCron } from './cron.ts';

/** The first time after another at which a schedule runs; undefined where it never runs again. */
export type NextRun = (after: Date) => Date | undefined;

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** `rate(1 minute)`, `rate(5 minutes)`: the unit is singular for 1 and plural otherwise, or EventBridge refuses it. */
const compileRate = (expression: string): NextRun | undefined => {
  const {
    count = '',
    unit = '',
    plural,
  } = /^rate\((?<count>[1-9]\d*) (?<unit>minute|hour|day)(?<plural>s?)\)$/.exec(expression)?.groups ?? {};
  if (count === '' || (count === '1') === (plural === 's')) return undefined;
  const intervalMs = Number(count) * (unitMs[unit] ?? 0);
  return (after) => new Date(after.getTime() + intervalMs);
};

/**
 * The schedules of rules (EventBridge user guide, "Creating a rule that runs on a schedule"): `rate(…)`, which counts
 * from when the rule was made, and `cron(…)`, which is in UTC.
 * @throws TemplateError for what is neither, or not done here.
 */
export const compileSchedule = (expression: string, where: string): NextRun => {
  const next = compileRate(expression) ?? compileCron(expression);
  if (next === undefined) {
    throw new TemplateError(`${where}: the schedule ${expression} is not emulated by the local cloud.`);
  }
  return next;
};
