import type { CallContext, CallTagged } from '../call.ts';
import type { PartHasher } from '../hash/part-hasher.ts';
import type { RetryContext } from '../retry.ts';
import { guarded, type StallContext } from '../transport/guarded.ts';
import type { Transport } from '../transport/transport.ts';
import { type Budget, createBudget } from './budget.ts';
import { createDeclarer, type Declarer } from './declarer.ts';
import { createLimiter, type Limiter } from './limiter.ts';
import { metered } from './metered.ts';
import { createOutcomes, type Outcomes, type OutcomesContext } from './outcomes.ts';
import { createQueue, type LaneKind, type Queue } from './queue.ts';
import type { ResumeStore } from './resume-store.ts';
import type { GoesInParts } from './threshold.ts';
import { createThroughput } from './throughput.ts';

export interface EngineContext extends CallContext, Omit<OutcomesContext, 'isSending'>, StallContext {
  readonly transport: Transport;
  readonly hasher: PartHasher;
  /** Default: what there is here, see `defaultResumeStore`. */
  readonly resumeStore: ResumeStore | undefined;
  /** The most connections to the storage at a time for transfers of a kind, as far as it is known now. */
  readonly connectionsMax: (kind: LaneKind) => number;
  /** Small files are brought by forms where the service agrees, see `transfers` of the contract. */
  readonly prefersForms: boolean;
  /** How long the outcome of an upload is waited for. */
  readonly outcomeWaitMilliseconds: number | undefined;
  /** For uploads in parts: calls and transfers that are tried for longer. */
  readonly patient: RetryContext & { readonly callTagged: CallTagged };
  readonly goesInParts: GoesInParts;
}

/** What all uploads of a client share. */
export interface Engine extends EngineContext {
  readonly limiter: Limiter;
  readonly queue: Queue;
  /** Gives up what stands still, and tells the limiter of everything. Whoever sends must have entered the queue. */
  readonly transport: Transport;
  readonly declarer: Declarer;
  readonly waitForOutcome: Outcomes;
  /** What may be held at once: files in parts, small files by their bytes, and reads. */
  readonly room: Readonly<Record<'largeFiles' | 'smallFiles' | 'reads', Budget>>;
  /** A budget that is asked again whenever there may be more at once. */
  openRoom(capacityFor: (size: number) => number): Budget;
}

/** Transfers to begin with, as many as browsers open; see `createLimiter` for how they become more or fewer. */
const connectionsAtStart = 6;
/** More at a time would only make the first part, which everything waits for, be ready later. */
const readsMax = 4;
/** Of small files together, however fast the line is. */
const smallSizeBytesMax = 128 * 1024 ** 2;
/** The link of a small file is good for minutes: what is declared should be sent in one. */
const declaredAheadSeconds = 60;
/** Before anything was measured: a slow line. */
const bytesPerSecondAssumed = 256 * 1024;

export function createEngine(context: EngineContext): Engine {
  const { timing, connectionsMax } = context;
  const largeMax = () => connectionsMax('large');
  const limiter: Limiter = createLimiter({
    start: connectionsAtStart,
    max: () => connectionsMax(queue.hasSmall() ? 'small' : 'large'),
  });
  const throughput = createThroughput();
  const queue = createQueue({ limiter, largeMax, now: timing.now });
  const rooms: Budget[] = [];
  const openRoom: Engine['openRoom'] = (capacityFor) => {
    const room = createBudget(capacityFor);
    rooms.push(room);
    return room;
  };
  const smallRoom = () => {
    const bytesPerSecond = throughput.bytesPerSecond(timing.now()) ?? bytesPerSecondAssumed;
    return Math.min(smallSizeBytesMax, bytesPerSecond * declaredAheadSeconds);
  };
  const room = {
    largeFiles: openRoom(largeMax),
    smallFiles: openRoom(smallRoom),
    reads: openRoom(() => readsMax),
  };
  const wake = () => {
    queue.wake();
    for (const each of rooms) each.wake();
  };
  const isSending = () => !room.largeFiles.isIdle || !room.smallFiles.isIdle;
  return {
    ...context,
    limiter,
    queue,
    openRoom,
    transport: metered({ limiter, throughput, wake, timing }, guarded(context, context.transport)),
    declarer: createDeclarer({ ...context, areMoreComing: () => !room.reads.isIdle }),
    waitForOutcome: createOutcomes({ ...context, isSending }),
    room,
  };
}
