import { describe, expect, it } from 'vitest';
import { queueNames } from '../../contract/queues.ts';
import { lateMsMax } from './invariants/punctual.ts';
import { overwritable } from './mutations/mutation.ts';
import { type Hostility, honest } from './plan.ts';
import { runSeeds, runShard } from './pool.ts';

const schedules = 2000;

/** What the sweeper has to do by itself, and the cause that must not have helped it. */
const uploads = {
  made: ['pending → available', 'pending → rejected', 'pending → expired', 'deleted → purging', 'available → purging'],
  silent: 'by object-created',
};
const verdicts = { made: ['scanning → available', 'scanning → rejected'], silent: 'by scan-verdict' };

const replay = ({ silenced }: Pick<Hostility, 'silenced'>, seed: number): string =>
  `npm run simulate -- --seed ${seed} ${silenced.map((name) => `--silenced ${name}`).join(' ')}`;

describe('where not one event arrives', () => {
  it.each([
    ['of S3 or of the scanner', { silenced: queueNames }, uploads],
    ['of S3', { silenced: ['uploads'] }, uploads],
    ['of the scanner', { silenced: ['scan-results'] }, verdicts],
    ['though S3 took second versions', { ...overwritable, silenced: queueNames }, uploads],
  ] as const)(
    '%s, the sweep after its deadline settles each record, and no object is left over',
    async (what, world, { made, silent }) => {
      const { violations, changes, lateMs } = await runSeeds(1, schedules, { ...honest, ...world });
      const failures = violations.map(({ seed, violation }) => `${violation}\n  replay: ${replay(world, seed)}`);
      expect(failures.join('\n')).toBe('');
      for (const change of made) expect(changes.get(`${change} by sweep`), change).toBeGreaterThan(schedules / 100);
      expect([...changes.keys()].filter((change) => change.endsWith(silent))).toEqual([]);
      expect(lateMs).toBeLessThanOrEqual(lateMsMax);
      console.log(`${schedules} schedules, no event ${what}: at most ${lateMs / 1000} s after the deadline`);
    },
    300_000,
  );

  it('a sweeper that looks only at what is overdue by ten minutes is seen', async () => {
    const { violations } = await runShard({
      first: 1,
      count: schedules,
      step: 1,
      edits: [
        {
          file: 'lambdas/usecases/sweep.ts',
          find: 'now: deps.clock.now()',
          replace: 'now: new Date(deps.clock.now().getTime() - 600_000)',
        },
      ],
      hostility: { ...honest, silenced: queueNames },
      stopsAtFirst: true,
    });
    expect(violations[0]?.violation).toMatch(/was settled \d+(\.\d+)? s after its deadline/);
  }, 300_000);
});
