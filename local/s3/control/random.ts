/** Numbers from 0 up to 1, the same for the same seed. Good for tests, and for nothing secret (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Another order of the same items, which is never the one they had if there are two or more. */
export function reorder<Item>(items: readonly Item[], seed: number): readonly Item[] {
  const random = randomNumbers(seed);
  const shuffled = items
    .map((item, index) => ({ item, index, rank: random() }))
    .toSorted((left, right) => left.rank - right.rank);
  if (shuffled.some(({ index }, at) => index !== at)) return shuffled.map(({ item }) => item);
  return [...items.slice(1), ...items.slice(0, 1)];
}
