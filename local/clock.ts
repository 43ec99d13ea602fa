/** What time it is. Tests move it; everything that waits for a time has a way to be woken. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
