import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createOpenFiles } from '../../../client/hash/open-files.ts';
import { fileOf } from '../support/with-cloud.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

it('keeps a file while its parts are asked for, and no longer', async () => {
  const files = createOpenFiles();
  const blob = fileOf(10);
  const first = files.sourceOf({ fileId: 1, blob });
  expect(files.sourceOf({ fileId: 2, blob })).not.toBe(first);
  for (let times = 0; times < 3; times += 1) {
    await vi.advanceTimersByTimeAsync(9000);
    expect(files.sourceOf({ fileId: 1, blob })).toBe(first);
  }
  await vi.advanceTimersByTimeAsync(10_000);
  expect(vi.getTimerCount()).toBe(0);
  expect(files.sourceOf({ fileId: 1, blob })).not.toBe(first);
});
