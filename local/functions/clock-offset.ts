import { type Clock, systemClock } from '../clock.ts';

/** How far an injected clock is from the machine's, where the threads of functions can read it. */
export interface ClockOffset {
  /** Whole milliseconds as one 64-bit integer. */
  readonly buffer: SharedArrayBuffer;
  /** Looks at the clock again: a clock that is moved tells nobody. */
  update(): void;
}

/** Undefined for the machine's clock, which functions have anyway. */
export const shareOffset = (clock: Clock): ClockOffset | undefined => {
  if (clock === systemClock) return undefined;
  const buffer = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
  const offset = new BigInt64Array(buffer);
  const update = () => void Atomics.store(offset, 0, BigInt(clock.now().getTime() - Date.now()));
  update();
  return { buffer, update };
};
