/** Memory that threads share, a few slabs for each body: one is filled while those before it are hashed and written. */
export type Slabs = readonly Uint8Array[];

/** Large enough that handing one over costs little, small enough that all of a body fit into a processor's cache. */
export const slabSizeBytes = 256 * 1024;
const slabCount = 4;

const idle: Slabs[] = [];

export const takeSlabs = (): Slabs =>
  idle.pop() ?? Array.from({ length: slabCount }, () => new Uint8Array(new SharedArrayBuffer(slabSizeBytes)));

/** Nothing may be read of them or written any more. */
export const giveBackSlabs = (slabs: Slabs): void => void idle.push(slabs);
