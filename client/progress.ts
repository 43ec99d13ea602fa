export type UploadPhase = 'hashing' | 'declaring' | 'uploading' | 'verifying';

/**
 * How far an upload is. `fraction` runs from 0 to 1 over all phases and never goes back, not even when an attempt
 * starts over; it is 1 only when the outcome is known. `bytesDone` of `bytesTotal` count within the phase.
 */
export interface UploadProgress {
  readonly phase: UploadPhase;
  readonly fraction: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

/** Where each phase begins and ends: the network is what takes the time, so it gets most of the bar. */
const spans: Readonly<Record<UploadPhase, readonly [start: number, end: number]>> = {
  hashing: [0, 0.1],
  declaring: [0.1, 0.12],
  uploading: [0.12, 0.97],
  verifying: [0.97, 1],
};

export type Report = (phase: UploadPhase, bytesDone: number) => void;

/** Reports to `onProgress`, keeping `fraction` monotonic. */
export function trackProgress(
  bytesTotal: number,
  onProgress: ((progress: UploadProgress) => void) | undefined,
): Report {
  let highest = 0;
  return (phase, bytesDone) => {
    const [start, end] = spans[phase];
    highest = Math.max(highest, start + (end - start) * Math.min(1, bytesDone / bytesTotal));
    onProgress?.({ phase, fraction: highest, bytesDone, bytesTotal });
  };
}
