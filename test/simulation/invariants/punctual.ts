import type { DocumentRecord } from '../../../lambdas/domain/document.ts';
import { restingDueAt } from '../../../lambdas/domain/due.ts';
import { functionSettings } from '../../../lib/function-settings.ts';
import { sweepIntervalSeconds } from '../settings.ts';
import type { World } from '../world/world.ts';

/** One sweep after the deadline, and as long as it may run. */
export const lateMsMax = (sweepIntervalSeconds + functionSettings.sweep.timeoutSeconds) * 1000;

/** How many milliseconds ago a record that is changed now should have left its state; 0 where that is no matter of time. */
export const lateBy = ({ clock }: World, before: DocumentRecord | undefined): number => {
  const deadline = before === undefined ? undefined : restingDueAt(before);
  return deadline === undefined ? 0 : Math.max(0, clock.now - Date.parse(deadline));
};
