import type { Mutation } from './mutations/mutation.ts';

type Violation = { readonly seed: number; readonly violation: string } | undefined;

export interface Trial {
  readonly mutation: Mutation;
  readonly killed: Violation;
  /** What went wrong with the guard in place; must be undefined. */
  readonly control: Violation;
}

const worldOf = ({ world = {}, maskedBy = [] }: Mutation): string =>
  [
    ...(world.ifNoneMatch === false ? ['S3 overwrites'] : []),
    ...(world.signedFacts === false ? ['S3 takes any bytes'] : []),
    ...(world.isFaulty === false ? ['nobody dies'] : []),
    ...(world.quarrels === undefined ? [] : ['people quarrel']),
    ...(maskedBy.length > 0 ? [`${maskedBy.length} other ${maskedBy.length > 1 ? 'guards' : 'guard'} off`] : []),
  ].join(', ') || 'as it is';

const row = ({ mutation, killed }: Trial): string =>
  `| ${mutation.guard} | ${worldOf(mutation)} | ${killed?.seed} | ${killed?.violation} |`;

/** docs/simulation.md. Write it anew with `npx vitest run test/simulation/mutations.test.ts -u`. */
export const mutationPage = (trials: readonly Trial[]): string => `# The simulation

\`test/simulation\` runs the real handlers, use cases and adapters on a world that one seed decides: clock, S3, DynamoDB,
queues, bus, scanner, people. Every call of a function waits until the seed lets it through; before and after it the
function may die, be throttled, lose the answer or be tried twice by the SDK. Events come twice, late, out of order or
not at all; clocks differ by up to 15 minutes each; people upload in one go and in parts, describe, delete, restore and ask for links at any time. Then
nothing goes wrong any more, time passes every deadline, dead letters and in the end every message are delivered three
times more, and in some schedules ninety-five days pass. What must hold is in \`test/simulation/invariants\`: some of it
at every step, the rest when all is at rest. Where queues hear of nothing at all, and nothing else goes wrong, the sweep
after its deadline must settle each record, and leave no object over: at most six minutes, the sweep's own run included.

- \`npx vitest run test/simulation\` runs 100,000 schedules, the same on every machine. \`SIMULATION_FIRST_SEED\` and
  \`SIMULATION_SCHEDULES\` choose others.
- \`npm run simulate -- --seed N\` shows one schedule step by step, the same each time; \`--silenced uploads --silenced
  scan-results\` the same one without events.

## Without its guards

Each guard is taken out of the source by itself and the simulation must fail, with what is in the last column, at the
first of the seeds 1, 2, 3 … that shows it. Guards hide each other: where another one would, it is off as well, and so
are S3's own (\`If-None-Match\`, checksum and length). With the guard in place, and all else the same, those seeds are
clean. A test holds this table.

| guard | world | seed | what goes wrong without it |
|---|---|---|---|
${trials.map(row).join('\n')}
`;
