import { createThroughput } from './engine/throughput.ts';

export type UploadPhase = 'hashing' | 'declaring' | 'uploading' | 'verifying';

/**
 * How far an upload is. `fraction` runs from 0 to 1 over all phases and never goes back, not even when an attempt
 * starts over; it is 1 only when the outcome is known. `bytesDone` of `bytesTotal` count within the phase, and go back
 * only where the next one begins. A file that goes up in parts is hashed while it is sent, so it has no phase `hashing`.
 */
export interface UploadProgress {
  readonly phase: UploadPhase;
  readonly fraction: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** Over the last seconds, while bytes are sent; undefined until it is known. */
  readonly bytesPerSecond?: number | undefined;
  /** Until all bytes are sent, at that speed. */
  readonly secondsLeft?: number | undefined;
}

type Spans = Readonly<Record<UploadPhase, readonly [start: number, end: number]>>;

/** Where each phase begins and ends: the network is what takes the time, so it gets most of the bar. */
const spans: Spans = {
  hashing: [0, 0.1],
  declaring: [0.1, 0.12],
  uploading: [0.12, 0.97],
  verifying: [0.97, 1],
};

/** Of a file that is not hashed first. */
const spansInParts: Spans = { ...spans, declaring: [0, 0.01], uploading: [0.01, 0.97] };

/** `isSent`: whether what came on top of the last report went over the network just now. Default: true. */
export type Report = (phase: UploadPhase, bytesDone: number, isSent?: boolean) => void;

/** Reports to `onProgress`, and lets nothing go back. `now`: milliseconds; without it no speed is told. */
export function trackProgress(
  bytesTotal: number,
  onProgress: ((progress: UploadProgress) => void) | undefined,
  now?: () => number,
): Report {
  const throughput = createThroughput();
  let table = spansInParts;
  const bytes: Record<UploadPhase, number> = { hashing: 0, declaring: 0, uploading: 0, verifying: 0 };
  let highest = 0;
  return (phase, reported, isSent = true) => {
    if (phase === 'hashing') table = spans;
    const bytesDone = Math.min(bytesTotal, Math.max(bytes[phase], reported));
    if (phase === 'uploading' && isSent && now !== undefined) throughput.add(bytesDone - bytes[phase], now());
    bytes[phase] = bytesDone;
    const [start, end] = table[phase];
    highest = Math.max(highest, start + (end - start) * (bytesDone / bytesTotal));
    const bytesPerSecond = phase === 'uploading' && now !== undefined ? throughput.bytesPerSecond(now()) : undefined;
    const secondsLeft = bytesPerSecond ? (bytesTotal - bytesDone) / bytesPerSecond : undefined;
    onProgress?.({ phase, fraction: highest, bytesDone, bytesTotal, bytesPerSecond, secondsLeft });
  };
}
