import type { FunctionName } from '../../../contract/functions.ts';
import type { FaultRates } from '../plan.ts';
import type { Random } from '../random.ts';
import type { WorldClock } from './clock.ts';

/** One run of a function. Once it is dead nothing of it runs on: what it waits for never comes. */
export interface Invocation {
  readonly id: number;
  readonly functionName: FunctionName;
  readonly deadline: number;
  isAlive: boolean;
  pendingCalls: number;
  died: () => void;
}

export type Outcome<Value> =
  | { readonly kind: 'answered'; readonly value: Value }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'died' };

export interface CallSettings {
  readonly clock: WorldClock;
  readonly random: Random;
  /** What goes wrong at this time. */
  readonly faults: () => FaultRates;
  readonly trace: (what: string, of: Invocation, detail: string) => void;
  /** Hears of what must never be. */
  readonly violated: (what: string) => void;
}
