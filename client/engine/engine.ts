import { transferLimits } from '../../contract/transfer-limits.ts';
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
  /** What may be held at once: files in parts, parts of theirs by their bytes, small files by theirs, and reads. */
  readonly room: Readonly<Record<'largeFiles' | 'parts' | 'smallFiles' | 'reads', Budget>>;
}

/** Transfers to begin with, as many as browsers open; see `createLimiter` for how they become more or fewer. */
const connectionsAtStart = 6;
/** More at a time would only make the first part, which everything waits for, be ready later. */
const readsMax = 4;
/** The link of a small file is good for minutes: what is declared should be sent in one. */
const declaredAheadSeconds = 60;
/** Before anything was measured: a slow line. */
const bytesPerSecondAssumed = 256 * 1024;

export function createEngine(context: EngineContext): Engine {
  const { timing, connectionsMax } = context;
  const largeMax = () => connectionsMax('large');
  const limiter: Limiter = createLimiter({
    start: connectionsAtStart,
    max: () => (queue.hasSmall() ? connectionsMax('small') : largeMax()),
  });
  const throughput = createThroughput();
  const queue = createQueue({ limiter, largeMax, now: timing.now });
  const partSizeBytes = transferLimits.partSizeBytesDefault;
  // As many parts hashed as are being sent, up to as many as are read at a time, so that none waits for its hash: of large
  // parts as many bytes, one at least.
  const partsRoom = (sizeBytes: number) =>
    Math.min(limiter.limit, largeMax()) * Math.max(sizeBytes, partSizeBytes) +
    Math.max(sizeBytes, Math.min(limiter.limit, readsMax) * partSizeBytes);
  const smallRoom = () => {
    const bytesPerSecond = throughput.bytesPerSecond(timing.now()) ?? bytesPerSecondAssumed;
    return Math.min(partsRoom(partSizeBytes), bytesPerSecond * declaredAheadSeconds);
  };
  const room = {
    largeFiles: createBudget(largeMax),
    parts: createBudget(partsRoom),
    smallFiles: createBudget(smallRoom),
    reads: createBudget(() => readsMax),
  };
  const wake = () => {
    queue.wake();
    room.parts.wake();
    room.smallFiles.wake();
  };
  const isSending = () => !room.largeFiles.isIdle || !room.smallFiles.isIdle;
  return {
    ...context,
    limiter,
    queue,
    transport: metered({ limiter, throughput, wake, timing }, guarded(context, context.transport)),
    declarer: createDeclarer({ ...context, areMoreComing: () => !room.reads.isIdle }),
    waitForOutcome: createOutcomes({ ...context, isSending }),
    room,
  };
}
