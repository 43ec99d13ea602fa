import { expect, it } from 'vitest';
import { describeProofs, proofRows } from '../support/proofs.ts';

const rows = proofRows('docs/traceability.md', /^[TF]\d+$/);
const numbered = (letter: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);

it('every threat and fault has its row, once', () => {
  expect(rows.map(({ id }) => id)).toEqual([...numbered('T', 19), ...numbered('F', 21)]);
});

describeProofs(rows);
