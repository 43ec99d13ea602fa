import type { UploadProgress } from '../../../client/index.ts';
import { sizeInWords, speedInWords, timeLeftInWords } from '../format.ts';

export interface Circumstances {
  /** The person said so. */
  readonly isPaused: boolean;
  /** The check takes longer than usual. */
  readonly isSlow: boolean;
  /** Whether there is a network, as far as the browser knows. */
  readonly isOnline: boolean;
  /** No byte moved for a while. */
  readonly isStill: boolean;
}

/** What happens to a file at the moment. While there is no network nobody is asked how it went. */
export function progressInWords(
  progress: UploadProgress,
  { isPaused, isSlow, isOnline, isStill }: Circumstances,
): string {
  const { phase, bytesDone, bytesTotal } = progress;
  if (phase === 'verifying') {
    if (!isOnline) return 'Arrived. There is no network connection; the outcome is shown when it is back';
    return isSlow ? 'Arrived. The check takes longer than usual; you may leave this page' : 'Checking what arrived';
  }
  const amount = `${sizeInWords(bytesDone)} of ${sizeInWords(bytesTotal)}`;
  const sent = phase === 'uploading' ? `, ${amount} sent` : '';
  if (isPaused) return `Paused${sent}`;
  // Who reads the file needs no network for it.
  if (phase === 'hashing') return 'Reading the file';
  if (!isOnline) return `Waiting for the network${sent}`;
  if (phase === 'declaring') return 'Preparing the transfer';
  return [`Uploading, ${amount}`, ...(isStill ? ['standing still at the moment'] : paceInWords(progress))].join(' · ');
}

/** Nothing of what is not known yet, and of time where all is sent. */
function paceInWords({ bytesPerSecond, secondsLeft, bytesDone, bytesTotal }: UploadProgress): readonly string[] {
  if (bytesPerSecond === undefined || bytesPerSecond === 0 || bytesDone === bytesTotal) return [];
  return [speedInWords(bytesPerSecond), ...(secondsLeft === undefined ? [] : [timeLeftInWords(secondsLeft)])];
}
