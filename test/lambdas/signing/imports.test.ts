import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, it } from 'vitest';

const directory = join(import.meta.dirname, '../../../lambdas/signing');
const files = readdirSync(directory);

it.each(files)('signing/%s imports only node:crypto and its neighbours', (file) => {
  const { metafile } = buildSync({
    stdin: { contents: readFileSync(join(directory, file), 'utf8'), loader: 'ts', resolveDir: directory },
    bundle: true,
    platform: 'node',
    metafile: true,
    write: false,
  });
  const inputs = Object.keys(metafile.inputs).filter((path) => path !== '<stdin>');
  expect(inputs.filter((path) => !/^lambdas\/signing\/[a-z0-9-]+\.ts$/.test(path))).toEqual([]);
  const externals = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  expect(externals.filter((path) => path !== 'node:crypto')).toEqual([]);
});

it('looks at every file', () => {
  expect(files).toContain('presign.ts');
});
