import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/traceability.md'), 'utf8');
const rows = [...page.matchAll(/^\| ([TF]\d+) \|.*\|(.*)\|$/gm)].map(([row, id = '', proof = '']) => ({
  id,
  row,
  proofs: [...proof.matchAll(/`([^`]+)` › ([^·|]+)/g)].map(([, file = '', name = '']) => ({ file, name: name.trim() })),
}));
const numbered = (letter: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);

describe('every threat and fault', () => {
  it('has its row, once', () => {
    expect(rows.map(({ id }) => id)).toEqual([...numbered('T', 19), ...numbered('F', 21)]);
  });

  it.each(rows)('$id names a proof, or says that it is open', ({ row, proofs }) => {
    expect(proofs.length > 0 || row.includes('Open: ')).toBe(true);
  });

  it.each(rows.flatMap(({ id, proofs }) => proofs.map((proof) => ({ id, ...proof }))))(
    '$id: there is a test "$name" in $file',
    ({ file, name }) => {
      expect(existsSync(join(root, file))).toBe(true);
      expect(readFileSync(join(root, file), 'utf8')).toContain(name);
    },
  );
});
