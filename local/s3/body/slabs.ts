/** Memory that threads share and that is used again: what comes is copied there at once, so that nothing of it becomes garbage. */
export type Slab = Uint8Array;

/** A few for each large body: one is filled while those before it are hashed and written. */
export type Slabs = readonly Slab[];

/** Large enough that handing one over costs little, small enough that all of a body fit into a processor's cache. */
export const slabSizeBytes = 256 * 1024;
const slabCount = 4;

const idle: Slab[] = [];

export const takeSlab = (): Slab => idle.pop() ?? new Uint8Array(new SharedArrayBuffer(slabSizeBytes));
export const takeSlabs = (): Slabs => Array.from({ length: slabCount }, takeSlab);

/** Nothing may be read of them or written any more. */
export const giveBackSlabs = (...slabs: Slabs): void => void idle.push(...slabs);
