import type { Connection } from './connection.ts';
import { NetworkError, SealdropError } from './errors.ts';
import type { Timing } from './timing.ts';

/**
 * - `attemptsMax`: the first try included.
 * - `baseMilliseconds`, `capMilliseconds`: attempt n waits a random time up to min(cap, base × 2^(n-1)): full jitter, so
 *   that many clients refused together do not come back together.
 * - `retryAfterSecondsMax`: a server that asks for more than this is not waited for; the person decides.
 */
export interface RetryPolicy {
  readonly attemptsMax: number;
  readonly baseMilliseconds: number;
  readonly capMilliseconds: number;
  readonly retryAfterSecondsMax: number;
}

/** At worst half a minute of waiting in all: longer than a restart takes, shorter than a person's patience. */
export const defaultRetryPolicy: RetryPolicy = {
  attemptsMax: 6,
  baseMilliseconds: 500,
  capMilliseconds: 15_000,
  retryAfterSecondsMax: 60,
};

export interface RetryContext {
  readonly timing: Timing;
  readonly retryPolicy: RetryPolicy;
  /** Default: there always is a network. */
  readonly connection?: Connection | undefined;
}

/** For what goes on for minutes anyway: a server that restarts, or a train in a tunnel. Two minutes of waiting at worst. */
export const patientRetryPolicy: RetryPolicy = { ...defaultRetryPolicy, attemptsMax: 12 };

/**
 * Whether a failure may pass by itself; `isWorthIt` of `withRetry` unless it is told otherwise.
 */
export const isRetryable = (error: unknown): error is SealdropError =>
  error instanceof SealdropError && error.retryable;

/**
 * Runs `attempt` until it succeeds, fails for good, or has been tried often enough. Where it failed for want of a network
 * it is tried again when there is one, and what went before does not count.
 */
export async function withRetry<Value>(
  { timing, retryPolicy, connection }: RetryContext,
  signal: AbortSignal | undefined,
  attempt: () => Promise<Value>,
  isWorthIt: (error: unknown) => error is SealdropError = isRetryable,
): Promise<Value> {
  for (let attempts = 1; ; attempts += 1) {
    signal?.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (!isWorthIt(error)) throw error;
      if (error instanceof NetworkError && (await connection?.untilOnline(signal)) === true) attempts = 0;
      if (attempts >= retryPolicy.attemptsMax) throw error;
      const askedSeconds = error.retryAfterSeconds ?? 0;
      if (askedSeconds > retryPolicy.retryAfterSecondsMax) throw error;
      const ceiling = Math.min(
        retryPolicy.capMilliseconds,
        retryPolicy.baseMilliseconds * 2 ** Math.max(0, attempts - 1),
      );
      // The jitter comes on top of what the server asked for: everyone it refused was told the same number.
      await timing.sleep(askedSeconds * 1000 + timing.random() * ceiling, signal);
    }
  }
}

/** `Retry-After` as seconds from now: delay-seconds or an HTTP date; undefined where it is neither. */
export function parseRetryAfter(value: string | null | undefined, nowMilliseconds: number): number | undefined {
  if (value === null || value === undefined) return undefined;
  const text = value.trim();
  if (/^[0-9]+$/.test(text)) return Number(text);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - nowMilliseconds) / 1000));
}
