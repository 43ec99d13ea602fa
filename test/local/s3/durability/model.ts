import { createHash } from 'node:crypto';

export const hashOf = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex');

/** A version as the clients know it: what it holds, or that it is a delete marker. */
export interface KnownVersion {
  readonly versionId: string;
  readonly hash: string | 'marker';
  readonly tags: string;
}

/** What a call that was not answered may have done to its key, besides nothing. */
export type Pending =
  | { readonly kind: 'add'; readonly hash: string; readonly tags: string }
  | { readonly kind: 'remove'; readonly versionId: string }
  | { readonly kind: 'tag'; readonly versionId: string; readonly tags: string };

/** One key; newest version first. Only one call at a time is about it. */
export interface KnownKey {
  readonly key: string;
  versions: readonly KnownVersion[];
  pending: Pending | undefined;
}

/** The version ids that a key may have now; `new` stands for one that nobody was told. */
export function possibleIds({ versions, pending }: KnownKey): string[][] {
  const ids = versions.map(({ versionId }) => versionId);
  if (pending?.kind === 'add') return [ids, ['new', ...ids]];
  if (pending?.kind === 'remove') return [ids, ids.filter((id) => id !== pending.versionId)];
  return [ids];
}

/** The same numbers for the same seed, 0 to 1 (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
