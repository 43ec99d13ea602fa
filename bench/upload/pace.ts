/** Takes a piece of so many bytes at a moment (ms) and gives the moment when a link of this speed has sent its last. */
export type Pace = (sizeBytes: number, nowMs: number) => number;

/** A link sends one byte after the other: what comes while it is busy waits its turn. */
export const createPace = (bytesPerSecond: number): Pace => {
  let freeAtMs = 0;
  return (sizeBytes, nowMs) => {
    freeAtMs = Math.max(freeAtMs, nowMs) + (sizeBytes / bytesPerSecond) * 1000;
    return freeAtMs;
  };
};
