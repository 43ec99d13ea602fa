import { availableParallelism } from 'node:os';
import { beforeAll, describe, expect, it } from 'vitest';
import { hostilityOf, type Mutation } from './mutations/mutation.ts';
import { partsMutations } from './mutations/parts.ts';
import { quotaMutations } from './mutations/quotas.ts';
import { recordMutations } from './mutations/record.ts';
import { sweeperMutations } from './mutations/sweeper.ts';
import { tagAndEventMutations } from './mutations/tags-and-events.ts';
import { verificationMutations } from './mutations/verification.ts';
import { mutationPage, type Trial } from './page.ts';
import { runShard, type ShardReport } from './pool.ts';

const mutations = [
  ...verificationMutations,
  ...partsMutations,
  ...recordMutations,
  ...tagAndEventMutations,
  ...sweeperMutations,
  ...quotaMutations,
];

/** So many seeds may pass before a mutation is seen; and with the guard, in the same world, so many must be clean. */
const seedsMax = 10_000;

const run = (mutation: Mutation, count: number, isMutated: boolean): Promise<ShardReport> =>
  runShard({
    first: 1,
    count,
    step: 1,
    edits: [...(mutation.maskedBy ?? []), ...(isMutated ? mutation.edits : [])],
    hostility: hostilityOf(mutation),
    lookFor: mutation.shows,
    stopsAtFirst: true,
  });

const trials: Trial[] = [];
/** An edit that finds its place no more, for example. */
const broken = new Map<Mutation, Error>();

const tryOut = async (mutation: Mutation): Promise<void> => {
  const [killed] = (await run(mutation, seedsMax, true)).violations;
  // With the guard in place the very schedules that show the mutation are clean, and some more.
  const [control] = (await run(mutation, Math.max(killed?.seed ?? 0, 300), false)).violations;
  trials.push({ mutation, killed, control });
};

beforeAll(async () => {
  const queue = [...mutations];
  const work = async (): Promise<void> => {
    for (let mutation = queue.shift(); mutation !== undefined; mutation = queue.shift()) {
      const error = await tryOut(mutation).catch((cause: unknown) => cause as Error);
      if (error instanceof Error) broken.set(mutation, error);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}, 20 * 60_000);

describe('without one of its guards the lifecycle fails', () => {
  it.each(mutations.map((mutation) => [mutation.guard, mutation] as const))('%s', (_guard, mutation) => {
    expect(broken.get(mutation)?.message).toBeUndefined();
    const trial = trials.find((candidate) => candidate.mutation === mutation);
    expect(trial?.killed?.violation).toMatch(mutation.shows);
    expect(trial?.control).toBeUndefined();
  });

  it('and docs/simulation.md says which schedule shows it', async () => {
    const inOrder = mutations.flatMap((mutation) => trials.find((trial) => trial.mutation === mutation) ?? []);
    await expect(mutationPage(inOrder)).toMatchFileSnapshot('../../docs/simulation.md');
  });
});
