import type { MovableClock } from '../../../support/clock.ts';
import type { TestS3 } from '../support/server.ts';

export const dayMs = 24 * 60 * 60 * 1000;

/** Signs with the time of the server's clock from now on. */
export const followClock = ({ client }: TestS3, clock: MovableClock): void => {
  client.config.systemClockOffset = clock.now().getTime() - Date.now();
};

/** Moves the clock, and does what is due by then. */
export const passDays = async (s3: TestS3, clock: MovableClock, days: number): Promise<void> => {
  clock.advance(days * dayMs);
  followClock(s3, clock);
  await s3.runLifecycle();
};
