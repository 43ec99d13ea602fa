import { transferLimits } from '../../contract/transfer-limits.ts';
import type { FileSource } from '../source.ts';
import type { Budget } from './budget.ts';
import type { Engine } from './engine.ts';

/** What may be held at once of the parts of all files, by their bytes. */
interface PartsRoom {
  /** Of those that stay in memory until they are sent. */
  readonly kept: Budget;
  /** Of those that are read once more then. */
  readonly sliced: Budget;
}

/** So many are signed with one request. They take no memory, and the system still has them when they are read again. */
const slicesAheadBytes = 128 * 1024 ** 2;
/** As many as are read at a time. */
const keptAheadMax = 4;
const partSizeBytes = transferLimits.partSizeBytesDefault;

const rooms = new WeakMap<Engine, PartsRoom>();

/** How many parts may be under way at once. */
export const partsAtOnce = ({ limiter, connectionsMax }: Engine): number =>
  Math.min(limiter.limit, connectionsMax('large'));

function createPartsRoom(engine: Engine): PartsRoom {
  /** Those that are being sent, and so many bytes hashed ahead of them, one part at least. */
  const roomFor = (sizeBytes: number, aheadBytes: number) =>
    partsAtOnce(engine) * Math.max(sizeBytes, partSizeBytes) + Math.max(sizeBytes, aheadBytes);
  return {
    // As many as are being sent, up to as many as are read at a time, so that none waits for its hash.
    kept: engine.openRoom((sizeBytes) =>
      roomFor(sizeBytes, Math.min(engine.limiter.limit, keptAheadMax) * partSizeBytes),
    ),
    sliced: engine.openRoom((sizeBytes) => roomFor(sizeBytes, slicesAheadBytes)),
  };
}

/** Where a part of that file has to find room before it is read, see `hashRange`. */
export function partsRoomFor(engine: Engine, { slice, isCheapToKeep }: FileSource): Budget {
  const room = rooms.get(engine) ?? createPartsRoom(engine);
  rooms.set(engine, room);
  return slice === undefined || isCheapToKeep ? room.kept : room.sliced;
}
