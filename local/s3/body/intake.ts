import { type Hashes, type HashesWanted, startHashes } from './hashes.ts';
import { giveBackSlabs, slabSizeBytes, takeSlabs } from './slabs.ts';
import { startThreadedHashes } from './threaded-hashes.ts';

/** Keeps bytes of a body, in order. They may change once it resolved. */
export type Write = (bytes: Uint8Array) => Promise<void>;

/** Has a body hashed and written, whatever pieces it comes in. */
export interface Intake extends Disposable {
  /** The chunk is the intake's from then on. Resolves when the next may come. */
  push(chunk: Buffer): Promise<void>;
  /** Resolves when all is written. */
  end(): Promise<Hashes>;
}

/** Up to this size another thread costs more than it saves. */
const inPlaceSizeBytesMax = 1024 * 1024;

export function startIntake(wanted: HashesWanted, write: Write): Intake {
  let held: Buffer[] = [];
  let heldSizeBytes = 0;
  let large: Intake | undefined;
  return {
    push: async (chunk) => {
      if (large !== undefined) return large.push(chunk);
      held.push(chunk);
      heldSizeBytes += chunk.length;
      if (heldSizeBytes <= inPlaceSizeBytesMax) return;
      large = startLargeIntake(wanted, write);
      for (const earlier of held) await large.push(earlier);
      held = [];
    },
    end: async () => {
      if (large !== undefined) return large.end();
      const whole = Buffer.concat(held);
      held.forEach(letGo);
      const hashed = startHashes(wanted).then((hashes) => {
        hashes.update(whole);
        return hashes.digest();
      });
      const [hashes] = await Promise.all([hashed, whole.length > 0 && write(whole)]);
      return hashes;
    },
    [Symbol.dispose]: () => large?.[Symbol.dispose](),
  };
}

function startLargeIntake(wanted: HashesWanted, write: Write): Intake {
  const slabs = takeSlabs();
  const hashes = startThreadedHashes(wanted, slabs);
  /** Of each slab, when it may be filled again. */
  const free: Promise<unknown>[] = slabs.map(() => Promise.resolve());
  let filling = 0;
  let filledBytes = 0;
  const handOver = async (): Promise<void> => {
    const bytes = slabs[filling]?.subarray(0, filledBytes) ?? Buffer.of();
    const done = Promise.all([hashes.update(filling, filledBytes), write(bytes)]);
    // It is told to whoever waits for the slab.
    done.catch(() => undefined);
    free[filling] = done;
    filling = (filling + 1) % slabs.length;
    filledBytes = 0;
    await free[filling];
  };
  return {
    push: async (chunk) => {
      for (let offset = 0; offset < chunk.length; ) {
        const piece = chunk.subarray(offset, offset + slabSizeBytes - filledBytes);
        slabs[filling]?.set(piece, filledBytes);
        filledBytes += piece.length;
        offset += piece.length;
        if (filledBytes === slabSizeBytes) await handOver();
      }
      letGo(chunk);
    },
    end: async () => {
      await handOver();
      await Promise.all(free);
      const digest = await hashes.digest();
      giveBackSlabs(slabs);
      return digest;
    },
    [Symbol.dispose]: () => hashes[Symbol.dispose](),
  };
}

/** Frees the memory now. Left to the collector it would have to look at everything for every 64 MiB that come. */
function letGo({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
