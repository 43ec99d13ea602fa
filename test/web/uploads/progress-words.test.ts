import { describe, expect, it } from 'vitest';
import type { UploadPhase } from '../../../client/index.ts';
import { type Circumstances, progressInWords } from '../../../web/src/uploads/progress-words.ts';

const usual: Circumstances = { isPaused: false, isSlow: false, isOnline: true, isStill: false };
const at = (phase: UploadPhase, more = {}) => ({
  phase,
  fraction: 0.5,
  bytesDone: 30_000_000,
  bytesTotal: 300_000_000,
  ...more,
});
const sized = { bytesPerSecond: 9_000_000, secondsLeft: 30 };

describe('progressInWords', () => {
  it('says how fast it goes and how long it takes, as soon as that is known', () => {
    expect(progressInWords(at('uploading'), usual)).toBe('Uploading, 30 MB of 300 MB');
    expect(progressInWords(at('uploading', sized), usual)).toBe(
      'Uploading, 30 MB of 300 MB · 9 MB/s · about 30 seconds left',
    );
    const all = { ...sized, bytesDone: 300_000_000, secondsLeft: 0 };
    expect(progressInWords(at('uploading', all), usual)).toBe('Uploading, 300 MB of 300 MB');
  });

  it('gives no speed where nothing moves', () => {
    const words = progressInWords(at('uploading', sized), { ...usual, isStill: true });
    expect(words).toBe('Uploading, 30 MB of 300 MB · standing still at the moment');
  });

  it('tells that there is no network, of what needs one', () => {
    const offline = { ...usual, isOnline: false };
    expect(progressInWords(at('uploading', sized), offline)).toBe('Waiting for the network, 30 MB of 300 MB sent');
    expect(progressInWords(at('declaring'), offline)).toBe('Waiting for the network');
    expect(progressInWords(at('hashing'), offline)).toBe('Reading the file');
    expect(progressInWords(at('verifying'), offline)).toContain('There is no network connection');
  });

  it('says that it is paused, whatever the network, until all is sent', () => {
    const paused = { ...usual, isPaused: true, isOnline: false };
    expect(progressInWords(at('uploading', sized), paused)).toBe('Paused, 30 MB of 300 MB sent');
    expect(progressInWords(at('declaring'), paused)).toBe('Paused');
    expect(progressInWords(at('verifying'), { ...usual, isPaused: true })).toBe('Checking what arrived');
  });

  it('tells who waits that they need not', () => {
    expect(progressInWords(at('verifying'), usual)).toBe('Checking what arrived');
    expect(progressInWords(at('verifying'), { ...usual, isSlow: true })).toContain('you may leave this page');
  });
});
