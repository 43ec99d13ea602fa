import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createThroughput } from '../../../client/engine/throughput.ts';
import type { UploadProgress } from '../../../client/index.ts';
import { trackProgress } from '../../../client/progress.ts';

describe('how fast it goes', () => {
  it('is not known at first', () => {
    const throughput = createThroughput();
    expect(throughput.bytesPerSecond(0)).toBeUndefined();
    throughput.add(1000, 0);
    expect(throughput.bytesPerSecond(100)).toBeUndefined();
  });

  it('is what came in the last seconds, and nothing where nothing comes', () => {
    const throughput = createThroughput();
    for (let now = 0; now <= 20_000; now += 50) throughput.add(now < 10_000 ? 1_000_000 : 500, now);
    expect(throughput.bytesPerSecond(20_000)).toBeCloseTo(10_000, -3);
    expect(throughput.bytesPerSecond(60_000)).toBeUndefined();
  });

  it('is right for any even flow', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 1, max: 400 }), (bytes, every) => {
        const throughput = createThroughput();
        for (let now = 0; now < 6000; now += every) throughput.add(bytes, now);
        const seen = throughput.bytesPerSecond(6000) ?? 0;
        expect(seen / ((bytes * 1000) / every)).toBeGreaterThan(0.9);
        expect(seen / ((bytes * 1000) / every)).toBeLessThan(1.1);
      }),
    ));
});

describe('progress', () => {
  it('tells speed and time left of what is sent now, not of what was there before', () => {
    const seen: UploadProgress[] = [];
    let now = 0;
    const report = trackProgress(
      10_000_000,
      (progress) => seen.push(progress),
      () => now,
    );
    report('declaring', 0);
    report('uploading', 5_000_000, false);
    expect(seen.at(-1)).toMatchObject({ bytesDone: 5_000_000, bytesPerSecond: undefined, secondsLeft: undefined });
    for (now = 100; now <= 2000; now += 100) report('uploading', 5_000_000 + now * 1000);
    const { bytesPerSecond = 0, secondsLeft = 0 } = seen.at(-1) ?? {};
    expect(bytesPerSecond / 1_000_000).toBeCloseTo(1, 0);
    expect(secondsLeft * bytesPerSecond).toBeCloseTo(3_000_000, -3);
    report('verifying', 0);
    expect(seen.at(-1)?.bytesPerSecond).toBeUndefined();
  });

  it('stands still where a part is sent again, and begins at nothing where the file is not hashed first', () => {
    const seen: UploadProgress[] = [];
    const report = trackProgress(100, (progress) => seen.push(progress));
    report('declaring', 0);
    expect(seen.at(-1)?.fraction).toBe(0);
    report('uploading', 80);
    report('uploading', 40);
    expect(seen.at(-1)?.bytesDone).toBe(80);
  });
});
