import type { ChecksumAlgorithm } from '../../contract/checksums.ts';
import type { HashedPart } from './hash-range.ts';

/** The bytes from `start` up to but without `end` of `blob`, which is all of a file. */
export interface ToHash {
  readonly kind: 'hash';
  readonly id: number;
  readonly fileId: number;
  readonly blob: Blob;
  readonly start: number;
  readonly end: number;
  readonly algorithm: ChecksumAlgorithm;
}

/** What a page asks of its worker. `id` is the page's own number for one part, `fileId` for one file. */
export type ToWorker = ToHash | { readonly kind: 'abort'; readonly id: number };

/** `ready` comes once, first: from then on an error is one of a worker that runs. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'hashed'; readonly id: number; readonly part: HashedPart }
  | { readonly kind: 'unreadable'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
