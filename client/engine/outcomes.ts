import type { Document } from '../../contract/schemas/document.ts';
import type { Tagged } from '../call.ts';
import { isSettled, type OutcomeContext, type OutcomeOptions, slowMilliseconds } from '../outcome.ts';
import { createSchedule, paces } from '../schedule.ts';
import { type Awaited, createLooks, type LooksContext } from './outcome-looks.ts';
import { onceAborted } from './signals.ts';

/** As `waitForOutcome`, of a document that was seen already. */
export type Outcomes = (seen: Tagged<Document>, options: OutcomeOptions) => Promise<Document>;

export type OutcomesContext = Omit<OutcomeContext, 'callTagged'> & LooksContext;

interface Wait extends Awaited {
  /** Ends it where there is nothing more to wait for. */
  judge(): void;
}

/** Between two looks while files are sent: nobody sees more of the others than a bar. */
const restMilliseconds = 3000;

/**
 * Waits for the outcomes of any number of documents by one schedule, which begins anew with each that comes. While files
 * are sent it only rests more.
 */
export function createOutcomes(context: OutcomesContext): Outcomes {
  const { timing, presence, isSending } = context;
  const waits = new Set<Wait>();
  const lookAt = createLooks(context);
  const schedule = createSchedule(timing.random);
  let nap = { endsAt: 0, cutShort: new AbortController() };
  let isRunning = false;

  /** False where it was cut short. */
  const sleep = async (): Promise<boolean> => {
    const isPending = [...waits].some(({ seen }) => seen.value.state === 'pending');
    const milliseconds = schedule.next(isPending ? 'pending' : 'scanning');
    const cutShort = new AbortController();
    nap = { endsAt: timing.now() + milliseconds, cutShort };
    try {
      await timing.sleep(milliseconds, cutShort.signal);
      if (await presence.untilPresent(cutShort.signal)) schedule.restart();
      return true;
    } catch (error) {
      if (!cutShort.signal.aborted) throw error;
      return false;
    }
  };
  const run = async () => {
    let lookedAt = Number.NEGATIVE_INFINITY;
    while (waits.size > 0) {
      if (!(await sleep())) continue;
      if (!isSending() || timing.now() - lookedAt >= restMilliseconds) {
        await lookAt(waits);
        lookedAt = timing.now();
      }
      for (const wait of waits) wait.judge();
    }
  };
  const wake = async () => {
    schedule.restart();
    if (nap.endsAt > timing.now() + paces.pending.firstMilliseconds) nap.cutShort.abort();
    if (isRunning) return;
    isRunning = true;
    try {
      await run();
    } catch (error) {
      for (const { fail } of waits) fail(error);
    } finally {
      isRunning = false;
    }
  };

  return (seen, options) =>
    new Promise((resolve, reject) => {
      const leave = () => {
        waits.delete(wait);
        if (waits.size === 0) nap.cutShort.abort();
      };
      const wait = createWait(seen, options, timing.now, { resolve, reject, leave });
      waits.add(wait);
      wait.judge();
      if (waits.has(wait)) void wake();
    });
}

interface End {
  readonly resolve: (document: Document) => void;
  readonly reject: (reason: unknown) => void;
  readonly leave: () => void;
}

function createWait(
  known: Tagged<Document>,
  { signal, waitMilliseconds = Number.POSITIVE_INFINITY, onDocument, onSlow }: OutcomeOptions,
  now: () => number,
  { resolve, reject, leave }: End,
): Wait {
  const begunAt = now();
  let seen = known;
  let isSlow = false;
  const end = () => {
    forget();
    leave();
  };
  const fail = (error: unknown) => {
    end();
    reject(error);
  };
  signal?.throwIfAborted();
  const forget = signal === undefined ? () => undefined : onceAborted(signal, () => fail(signal.reason));
  /** What a caller's function throws is the end of its wait, and of no other. */
  const tell = (callback: ((document: Document) => void) | undefined) => {
    try {
      callback?.(seen.value);
    } catch (error) {
      fail(error);
    }
  };
  return {
    get seen() {
      return seen;
    },
    signal,
    fail,
    show: (next) => {
      seen = next;
      tell(onDocument);
    },
    judge: () => {
      const waited = now() - begunAt;
      if (isSettled(seen.value) || waited >= waitMilliseconds) {
        end();
        resolve(seen.value);
      } else if (waited >= slowMilliseconds && !isSlow) {
        isSlow = true;
        tell(onSlow);
      }
    },
  };
}
