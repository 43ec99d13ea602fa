/** How fast something goes, over the last seconds. Time in milliseconds of one clock. */
export interface Throughput {
  add(bytes: number, now: number): void;
  /** Undefined until enough was seen to say anything. */
  bytesPerSecond(now: number): number | undefined;
}

/** Short enough to follow a network that changes, long enough that a number on a page stands still. */
const windowMilliseconds = 8000;
/** Bytes are counted together for so long: what is kept does not grow with the speed. */
const slotMilliseconds = 250;
/** What is said of less than this is noise. */
const leastMilliseconds = 500;

export function createThroughput(): Throughput {
  let slots: { readonly at: number; bytes: number }[] = [];
  return {
    add(bytes, now) {
      const last = slots.at(-1);
      if (last !== undefined && now - last.at < slotMilliseconds) last.bytes += bytes;
      else slots.push({ at: now, bytes });
      if (slots.length > windowMilliseconds / slotMilliseconds) slots = within(slots, now);
    },
    bytesPerSecond(now) {
      slots = within(slots, now);
      const [first] = slots;
      const lasted = first === undefined ? 0 : now - first.at;
      if (lasted < leastMilliseconds) return undefined;
      return (slots.reduce((sum, { bytes }) => sum + bytes, 0) / lasted) * 1000;
    },
  };
}

const within = <Slot extends { readonly at: number }>(slots: Slot[], now: number): Slot[] =>
  slots.filter(({ at }) => now - at <= windowMilliseconds);
