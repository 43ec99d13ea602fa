import type { Clock } from '../clock.ts';
import type { ReportFault } from '../fault-log.ts';
import { createRetry } from '../retry.ts';
import { envelopeOf } from './event.ts';
import type { RulePlan } from './plan.ts';
import type { EventStore } from './store.ts';

export interface Schedules {
  /** Looks at the clock again. */
  wake(): void;
  close(): void;
}

export interface ScheduleWorld {
  readonly clock: Clock;
  readonly report: ReportFault;
  /** Called when something was added to the store. */
  readonly started: () => void;
}

/** Longer waits than Node's timers can do are done in pieces. */
const waitMsMax = 86_400_000;

type ScheduledRule = RulePlan & Required<Pick<RulePlan, 'nextRun'>>;

const isScheduled = (rule: RulePlan): rule is ScheduledRule => rule.nextRun !== undefined;

/**
 * Puts an event on its way to the targets of each rule whose schedule is due ("Scheduled Event" of the user guide). A
 * schedule that was due several times while nothing ran, or while a clock was moved, runs once.
 */
export const startSchedules = (
  rules: readonly RulePlan[],
  store: EventStore,
  { clock, report, started }: ScheduleWorld,
): Schedules => {
  let timer: NodeJS.Timeout | undefined;

  /** When the rule is due next, from now on; undefined: never. */
  const run = (rule: ScheduledRule, now: Date): Date | undefined => {
    const dueAt = store.scheduledAt(rule.arn);
    if (dueAt !== undefined && dueAt > now) return dueAt;
    const next = rule.nextRun(now);
    const facts = { source: 'aws.events', detailType: 'Scheduled Event', detail: {}, resources: [rule.arn], time: now };
    const event = JSON.stringify(envelopeOf(facts, rule));
    const deliveries = rule.targetArns.map((targetArn) => ({ ruleArn: rule.arn, targetArn, event }));
    // A rule that is new begins to count; one that never runs again stays due, and is not asked again in this process.
    store.schedule(rule.arn, next ?? new Date(8.64e15), dueAt === undefined ? [] : deliveries);
    return next;
  };

  const runAll = (): void => {
    const now = clock.now();
    const times = rules.filter(isScheduled).flatMap((rule) => run(rule, now) ?? []);
    started();
    if (times.length === 0) return;
    const waitMs = Math.min(...times.map((time) => time.getTime())) - now.getTime();
    timer = setTimeout(wake, Math.min(waitMs, waitMsMax));
  };

  const wake = (): void => {
    clearTimeout(timer);
    try {
      runAll();
      retry.succeeded();
    } catch (cause) {
      report('Schedules could not be looked at', cause);
      retry.failed();
    }
  };

  const retry = createRetry(wake);
  wake();
  return {
    wake,
    close: () => {
      clearTimeout(timer);
      retry.stop();
    },
  };
};
