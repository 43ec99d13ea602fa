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
const slicesAheadMax = 16;
const slicesAheadBytesMax = 256 * 1024 ** 2;
/** As many as are read at a time. */
const keptAheadMax = 4;
const keptAheadBytesMax = 64 * 1024 ** 2;
const partSizeBytes = transferLimits.partSizeBytesDefault;

const rooms = new WeakMap<Engine, PartsRoom>();

/** How many parts may be under way at once. */
export const partsAtOnce = ({ limiter, connectionsMax }: Engine): number =>
  Math.min(limiter.limit, connectionsMax('large'));

function createPartsRoom(engine: Engine): PartsRoom {
  /** Those that are being sent, and so many hashed ahead of them, one at least. */
  const roomFor = (sizeBytes: number, aheadMax: number, aheadBytesMax: number) => {
    const oneBytes = Math.max(sizeBytes, partSizeBytes);
    const aheadBytes = Math.min(aheadMax * oneBytes, aheadBytesMax);
    return partsAtOnce(engine) * oneBytes + Math.max(oneBytes, aheadBytes);
  };
  return {
    // As many as are being sent, up to as many as are read at a time, so that none waits for its hash.
    kept: engine.openRoom((sizeBytes) =>
      roomFor(sizeBytes, Math.min(engine.limiter.limit, keptAheadMax), keptAheadBytesMax),
    ),
    sliced: engine.openRoom((sizeBytes) => roomFor(sizeBytes, slicesAheadMax, slicesAheadBytesMax)),
  };
}

/** Where a part of that file has to find room before it is read, see `hashRange`. */
export function partsRoomFor(engine: Engine, { slice, isCheapToKeep }: FileSource): Budget {
  const room = rooms.get(engine) ?? createPartsRoom(engine);
  rooms.set(engine, room);
  return slice === undefined || isCheapToKeep ? room.kept : room.sliced;
}
