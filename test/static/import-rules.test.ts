import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

const forbidden: [folder: string, line: string][] = [
  ['contract', "import '../lambdas/domain/result.ts';"],
  ['contract', "import 'node:crypto';"],
  ['contract', "import '@aws-sdk/client-s3';"],
  ['contract', "import { z } from 'zod';"],
  ['lambdas/domain', "import '@aws-sdk/client-s3';"],
  ['lambdas/domain', "import '../adapters/system.ts';"],
  ['lambdas/domain', "import '../usecases/get-document.ts';"],
  ['lambdas/usecases', "import '../adapters/system.ts';"],
  ['lambdas/usecases', "import '../signing/presign.ts';"],
  ['lambdas/usecases', "import '@aws-sdk/client-dynamodb';"],
  ['lambdas/signing', "import '@aws-sdk/s3-request-presigner';"],
  ['lambdas/signing', "import '../domain/document.ts';"],
  ['lambdas/adapters', "import '../usecases/get-document.ts';"],
  ['lambdas/adapters', "import '../runtime/log.ts';"],
  ['lambdas/api', "import '../adapters/system.ts';"],
  ['lambdas/api', "import '@aws-sdk/client-dynamodb';"],
  ['lambdas/events', "import '../adapters/system.ts';"],
  ['lambdas/runtime', "import '../adapters/system.ts';"],
  ['lambdas/runtime/container', "import '../../api/get-document.ts';"],
  ['lib', "import '../lambdas/domain/lifecycle.ts';"],
  ['lib', "import '../local/cloud.ts';"],
  ['lib', "import 'aws-cdk-lib';"],
  ['client', "import '../lambdas/domain/lifecycle.ts';"],
  ['client/uppy', "import '@uppy/core';"],
  ['examples/uppy-6', "import '../../local/cloud.ts';"],
  ['web/src', "import '../../lambdas/domain/lifecycle.ts';"],
  ['web/src', "import '../../local/cloud.ts';"],
  ['local', "import '../lib/environments.ts';"],
  ['local', "import '../lambdas/signing/presign.ts';"],
];

const allowed: [folder: string, line: string][] = [
  ['contract', "import * as z from 'zod/mini';"],
  ['lambdas/domain', "import '../../contract/states.ts';"],
  ['lambdas/usecases', "import '../domain/result.ts';"],
  ['lambdas/adapters', "import '@aws-sdk/client-s3';"],
  ['lambdas/api', "import '../runtime/container/get-document.ts';"],
  ['lambdas/runtime/container', "import '../../adapters/system.ts';"],
  ['lib', "import '../contract/routes.ts';"],
  ['client', "import '../contract/routes.ts';"],
  ['examples/uppy-6', "import '../../client/uppy/index.ts';"],
  ['examples/uppy-6', "import '@uppy/core';"],
  ['web/src', "import '../../client/index.ts';"],
  ['local', "import '../contract/routes.ts';"],
];

/** One planted file for each line, in a folder with this project's lint configuration, linted once. */
const planted = [...forbidden, ...allowed].map(([folder, line], index) => ({
  file: join(folder, `planted-${index}.ts`),
  line,
}));
let directory: string;
let bitten: Set<string>;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'import-rules-'));
  for (const name of ['biome.json', '.gitignore']) copyFileSync(join(root, name), join(directory, name));
  for (const { file, line } of planted) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), `${line}\n`);
  }
  const rule = 'style/noRestrictedImports';
  const { stdout } = spawnSync(
    join(root, 'node_modules/.bin/biome'),
    ['lint', `--only=${rule}`, '--reporter=json', '--max-diagnostics=none'],
    { cwd: directory, encoding: 'utf8' },
  );
  bitten = new Set(planted.map(({ file }) => file).filter((file) => stdout.includes(JSON.stringify(file))));
});
afterAll(() => rmSync(directory, { recursive: true }));

const fileOf = (pair: readonly [string, string], list: readonly (readonly [string, string])[], offset: number) =>
  planted[list.indexOf(pair) + offset]?.file;

describe('the import rules', () => {
  it.each(forbidden.map((pair) => ({ pair, folder: pair[0], line: pair[1] })))(
    'bite in $folder on $line',
    ({ pair }) => {
      expect(bitten).toContain(fileOf(pair, forbidden, 0));
    },
  );

  it.each(allowed.map((pair) => ({ pair, folder: pair[0], line: pair[1] })))('let $folder have $line', ({ pair }) => {
    expect(bitten).not.toContain(fileOf(pair, allowed, forbidden.length));
  });
});
