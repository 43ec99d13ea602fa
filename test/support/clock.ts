import type { Clock } from '../../local/clock.ts';

/** A clock that stands still until it is moved. */
export interface MovableClock extends Clock {
  advance(milliseconds: number): void;
}

export const movableClock = (start = new Date('2026-03-01T12:00:00.000Z')): MovableClock => {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
};

/** The machine's clock, moved by as much as is asked for. */
export const shiftedClock = (): MovableClock & { reset(): void } => {
  let shift = 0;
  return {
    now: () => new Date(Date.now() + shift),
    advance: (milliseconds) => {
      shift += milliseconds;
    },
    reset: () => {
      shift = 0;
    },
  };
};

/** Has a client of the SDK sign by a clock, or as far from it as its configuration says, whatever answers tell it. */
export const signingBy = <Client extends { readonly config: { readonly systemClockOffset: number } }>(
  clock: Clock,
  client: Client,
): Client => {
  const { systemClockOffset: aside } = client.config;
  Object.defineProperty(client.config, 'systemClockOffset', {
    get: () => clock.now().getTime() - Date.now() + aside,
    set: () => undefined,
  });
  return client;
};
