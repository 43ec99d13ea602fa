import { type Hashes, type HashesWanted, startHashes } from './hashes.ts';
import { giveBackSlabs, type Slab, slabSizeBytes, takeSlab, takeSlabs } from './slabs.ts';
import { startThreadedHashes } from './threaded-hashes.ts';

/** Where the bytes of a body go. */
export interface Target {
  /** Keeps bytes, in order. They may change once it resolved. */
  write(bytes: Uint8Array): Promise<void>;
  /** A file that is open for all of the body from its beginning, and that others may write, where there is one. */
  readonly fd?: Promise<number> | undefined;
}

/** Has a body hashed and written, whatever pieces it comes in. Once it is disposed of nothing is written any more. */
export interface Intake extends AsyncDisposable {
  /** The chunk is the intake's from then on. Resolves when the next may come. */
  push(chunk: Buffer): Promise<void>;
  /** Resolves when all is written. */
  end(): Promise<Hashes>;
}

/** Up to one slab another thread costs more than it saves. */
export function startIntake(wanted: HashesWanted, target: Target): Intake {
  let slab: Slab | undefined;
  let heldSizeBytes = 0;
  let large: Intake | undefined;
  return {
    push: async (chunk) => {
      if (large === undefined && heldSizeBytes + chunk.length <= slabSizeBytes) {
        slab ??= takeSlab();
        slab.set(chunk, heldSizeBytes);
        heldSizeBytes += chunk.length;
        return letGo(chunk);
      }
      if (large === undefined) {
        large = startLargeIntake(wanted, target);
        if (slab !== undefined) await large.push(Buffer.from(slab.buffer, 0, heldSizeBytes));
      }
      await large.push(chunk);
    },
    end: async () => {
      if (large !== undefined) return large.end();
      const whole = slab?.subarray(0, heldSizeBytes) ?? Buffer.of();
      const hashed = startHashes(wanted).then((hashes) => {
        hashes.update(whole);
        return hashes.digest();
      });
      const [hashes] = await Promise.all([hashed, whole.length > 0 && target.write(whole)]);
      return hashes;
    },
    [Symbol.asyncDispose]: async () => {
      await large?.[Symbol.asyncDispose]();
      if (slab !== undefined) giveBackSlabs(slab);
    },
  };
}

function startLargeIntake(wanted: HashesWanted, target: Target): Intake {
  const slabs = takeSlabs();
  const hashes = startThreadedHashes(wanted, slabs);
  /** Of each slab, when it may be filled again. */
  const free: Promise<unknown>[] = slabs.map(() => Promise.resolve());
  let filling = 0;
  let filledBytes = 0;
  let position = 0;
  const hashAndWrite = async (slab: number, sizeBytes: number): Promise<void> => {
    const at = position;
    position += sizeBytes;
    if (target.fd !== undefined) return hashes.update(slab, sizeBytes, { fd: await target.fd, position: at });
    const bytes = slabs[slab]?.subarray(0, sizeBytes) ?? Buffer.of();
    await Promise.all([hashes.update(slab, sizeBytes), target.write(bytes)]);
  };
  const handOver = async (): Promise<void> => {
    const done = hashAndWrite(filling, filledBytes);
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
      return await hashes.digest();
    },
    [Symbol.asyncDispose]: async () => {
      // What a file is closed for must not be written to it later: its number may be another file's by then.
      await Promise.allSettled(free);
      hashes[Symbol.dispose]();
      giveBackSlabs(...slabs);
    },
  };
}

/** Frees the memory now. Left to the collector it would have to look at everything for every 64 MiB that come. */
function letGo({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
