import { expect, it } from 'vitest';
import { describeProofs, proofRows } from '../support/proofs.ts';

const rows = proofRows('docs/mission-table.md', /^S[1-5]\.\d+$/);
/** How many items each system has. */
const items = { S1: 10, S2: 19, S3: 11, S4: 11, S5: 11 };

it('every item of every system has its row, once, in order', () => {
  expect(rows.map(({ id }) => id)).toEqual(
    Object.entries(items).flatMap(([system, count]) =>
      Array.from({ length: count }, (_, index) => `${system}.${index + 1}`),
    ),
  );
});

describeProofs(rows);
