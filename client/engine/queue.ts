import type { Limiter } from './limiter.ts';
import { onceAborted } from './signals.ts';

/** Small files and large ones each have a turn; see `createQueue`. */
export type LaneKind = 'small' | 'large';

/** The transfers of one file that wait for their turn. */
export interface Lane {
  readonly kind: LaneKind;
  readonly waiting: Turn[];
}

interface Turn {
  readonly start: () => void;
}

export const createLane = (kind: LaneKind): Lane => ({ kind, waiting: [] });

/** One queue over the transfers of all files. */
export interface Queue {
  /**
   * Resolves when it is the turn of a transfer of this file, with what must be called when that is over. Rejects with the
   * signal's reason.
   */
  enter(lane: Lane, signal: AbortSignal): Promise<() => void>;
  /** There may be more at once now. */
  wake(): void;
  /** Whether transfers of small files wait or are under way. */
  hasSmall(): boolean;
}

export interface QueueContext {
  readonly limiter: Limiter;
  /** How many connections there are for parts of large files: small ones may have more. */
  readonly largeMax: () => number;
  readonly now: () => number;
}

/**
 * Files take turns: whoever was served goes to the end, so that of many files each gets as much. Neither kind ever waits
 * for the other alone: where small files wait and none is under way the next turn is theirs, and so it is for large
 * ones. A small file is never stuck behind the parts of a large one, and no flood of small ones starves a large one.
 */
export function createQueue({ limiter, largeMax, now }: QueueContext): Queue {
  const lanes: Lane[] = [];
  const active: Record<LaneKind, number> = { small: 0, large: 0 };
  const activeInAll = () => active.small + active.large;

  const next = (): Lane | undefined =>
    lanes.find(({ kind }) => active[kind] === 0) ??
    lanes.find(({ kind }) => kind === 'small' || active.large < largeMax());

  const wake = () => {
    while (activeInAll() < limiter.limit) {
      const lane = next();
      if (lane === undefined) return;
      lanes.splice(lanes.indexOf(lane), 1);
      const turn = lane.waiting.shift();
      if (lane.waiting.length > 0) lanes.push(lane);
      if (turn === undefined) continue;
      active[lane.kind] += 1;
      limiter.onActive(activeInAll(), now());
      turn.start();
    }
  };
  const leaveOnce = (kind: LaneKind) => {
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      active[kind] -= 1;
      limiter.onActive(activeInAll(), now());
      wake();
    };
  };

  return {
    wake,
    hasSmall: () => active.small > 0 || lanes.some(({ kind }) => kind === 'small'),
    enter: (lane, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const forget = onceAborted(signal, () => {
          lane.waiting.splice(lane.waiting.indexOf(turn), 1);
          if (lane.waiting.length === 0 && lanes.includes(lane)) lanes.splice(lanes.indexOf(lane), 1);
          reject(signal.reason);
        });
        const turn: Turn = {
          start: () => {
            forget();
            resolve(leaveOnce(lane.kind));
          },
        };
        lane.waiting.push(turn);
        if (!lanes.includes(lane)) lanes.push(lane);
        wake();
      }),
  };
}
