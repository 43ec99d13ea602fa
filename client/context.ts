import { type Call, type CallTagged, createCall, createCallTagged } from './call.ts';
import type { ClientOptions } from './client-options.ts';
import { defaultConnection } from './connection.ts';
import { defaultPresence } from './presence.ts';
import { defaultRetryPolicy } from './retry.ts';
import { realTiming } from './timing.ts';

/** What every part of a client works with: its options with their defaults, and calls of the API by them. */
export function contextOf(options: ClientOptions) {
  const base = {
    baseUrl: options.baseUrl,
    token: options.token,
    // Called as a plain function: a browser's fetch refuses to be a method of something else.
    fetch: options.fetch ?? ((input: RequestInfo | URL, init?: RequestInit) => fetch(input, init)),
    timing: options.timing ?? realTiming,
    retryPolicy: options.retryPolicy ?? defaultRetryPolicy,
    connection: options.connection ?? defaultConnection(),
    requestTimeoutMilliseconds: options.requestTimeoutMilliseconds ?? 30_000,
    stallTimeoutMilliseconds: options.stallTimeoutMilliseconds ?? 60_000,
    outcomeWaitMilliseconds: options.outcomeWaitMilliseconds,
    presence: options.presence ?? defaultPresence(),
  };
  const callTagged: CallTagged = createCallTagged(base);
  const call: Call = createCall(callTagged);
  return { ...base, callTagged, call };
}

export type ClientContext = ReturnType<typeof contextOf>;
