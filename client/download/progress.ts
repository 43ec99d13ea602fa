import { createThroughput } from '../engine/throughput.ts';

export interface DownloadProgress {
  /** From 0 to 1; never goes back. */
  readonly fraction: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** Over the last seconds; undefined until it is known. */
  readonly bytesPerSecond: number | undefined;
  /** At that speed. */
  readonly secondsLeft: number | undefined;
}

export interface DownloadTracker {
  /** Bytes more are here. `isReceived`: whether they came over the network, and not from an earlier download. */
  add(bytes: number, isReceived: boolean): void;
  /** They count from the first again. */
  restart(): void;
}

export function trackDownload(
  bytesTotal: number,
  onProgress: ((progress: DownloadProgress) => void) | undefined,
  now: () => number,
): DownloadTracker {
  const throughput = createThroughput();
  let counted = 0;
  let bytesDone = 0;
  return {
    add(bytes, isReceived) {
      counted += bytes;
      bytesDone = Math.max(bytesDone, counted);
      if (isReceived) throughput.add(bytes, now());
      const bytesPerSecond = throughput.bytesPerSecond(now());
      const secondsLeft = bytesPerSecond ? (bytesTotal - counted) / bytesPerSecond : undefined;
      onProgress?.({ fraction: bytesDone / bytesTotal, bytesDone, bytesTotal, bytesPerSecond, secondsLeft });
    },
    restart() {
      counted = 0;
    },
  };
}
