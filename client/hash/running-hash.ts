import type { ChecksumAlgorithm } from '../../contract/checksums.ts';

/** A hash that takes its bytes piece by piece. One that is not brought to its end is thrown away. */
export interface RunningHash {
  update(bytes: Uint8Array): void;
  /** Ends it; what it gives is the caller's. */
  digest(): Uint8Array;
}

export type StartHash = (algorithm: ChecksumAlgorithm) => Promise<RunningHash>;
