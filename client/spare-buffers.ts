/**
 * Memory that was given back, for later reads: new memory has to be paged in by the system, and brings a collection nearer.
 */
export interface SpareBuffers {
  /** One that was given back, where all of it is wanted; nearly all parts of a file are of one size. */
  take(sizeBytes: number): ArrayBuffer;
  giveBack(buffer: ArrayBuffer): void;
}

/** @param countMax what is given back above so many is left to the collector */
export function spareBuffers(
  countMax: number,
  allocate = (sizeBytes: number) => new ArrayBuffer(sizeBytes),
): SpareBuffers {
  const spare = new Set<ArrayBuffer>();
  return {
    take: (sizeBytes) => {
      for (const buffer of spare) {
        if (buffer.byteLength !== sizeBytes) continue;
        spare.delete(buffer);
        return buffer;
      }
      return allocate(sizeBytes);
    },
    giveBack: (buffer) => {
      spare.add(buffer);
      for (const oldest of spare) if (spare.size > countMax) spare.delete(oldest);
    },
  };
}
