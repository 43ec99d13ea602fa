import { afterAll, expect, it, vi } from 'vitest';
import { sweepHandler } from '../../../lambdas/runtime/sweep-handler.ts';
import { documentsWorld } from '../../support/documents-world.ts';

const log = vi.spyOn(console, 'info').mockImplementation(() => undefined);
afterAll(() => log.mockRestore());

it.each([
  [10_000, 0],
  [10_001, 1],
])(
  'with %i milliseconds left a sweep begins %i more documents: it ends before it is stopped',
  async (left, settled) => {
    const { deps } = documentsWorld({ now: '2026-11-21T12:00:00.000Z' });
    const report = await sweepHandler(deps)({ id: 'sweep-1' }, { getRemainingTimeInMillis: () => left });
    expect(report).toEqual({ settled, failed: 0 });
  },
);
