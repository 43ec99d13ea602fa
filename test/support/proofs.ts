import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

export interface ProofRow {
  readonly id: string;
  readonly row: string;
  readonly proofs: readonly { readonly file: string; readonly name: string }[];
}

/** The rows of a page's tables whose first cell is an id; the last cell names proofs: `file` › part of the test's name. */
export const proofRows = (page: string, id: RegExp): readonly ProofRow[] =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/^\| (\S+) \|.*\|(.*)\|$/gm)].flatMap(
    ([row, first = '', proof = '']) =>
      id.test(first)
        ? [
            {
              id: first,
              row,
              proofs: [...proof.matchAll(/`([^`]+)` › ([^·|]+)/g)].map(([, file = '', name = '']) => ({
                file,
                name: name.trim(),
              })),
            },
          ]
        : [],
  );

/** Every row names tests that there are, or says what is open. */
export const describeProofs = (rows: readonly ProofRow[]): void => {
  describe('each row', () => {
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
};
