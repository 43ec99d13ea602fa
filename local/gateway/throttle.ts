import type { Clock } from '../clock.ts';
import type { ThrottlePlan } from './types.ts';

/** A token bucket, as API Gateway throttles a stage. Gives whether a request may pass. */
export const createThrottle = (plan: ThrottlePlan | undefined, clock: Clock): (() => boolean) => {
  if (plan === undefined) return () => true;
  let tokens = plan.burst;
  let filledAt = clock.now().getTime();
  return () => {
    const now = clock.now().getTime();
    tokens = Math.min(plan.burst, tokens + ((now - filledAt) / 1000) * plan.requestsPerSecond);
    filledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
};
