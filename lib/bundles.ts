import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { buildSync, type Metafile } from 'esbuild';
import { type FunctionName, functions } from '../contract/functions.ts';
import { pages } from './pages/pages.ts';

const root = join(import.meta.dirname, '..');

export interface Bundles {
  /** The folder with the code of one function: `index.cjs`, whose `handler` Lambda calls. */
  directory(name: FunctionName): string;
  /** What went into which bundle; paths are relative to the repository. */
  readonly metafile: Metafile;
}

/**
 * Bundles all functions in one run of esbuild: the same sources give the same bytes, hence the same asset.
 *
 * - CommonJS, because `import 'node:http'` from ESM costs 25 to 36 ms of each cold start and `require` 3 ms; named
 *   `.cjs`, which Lambda loads as such and so does a Node below this repository's `"type": "module"`.
 * - `mainFields` module first, so that what the SDK's packages export and nobody uses is left out.
 * - The SDK's chain of credential providers is replaced by the one that Lambda needs.
 */
export function bundleFunctions(outputDirectory = join(root, '.build', 'functions')): Bundles {
  const directory = (name: FunctionName): string => join(outputDirectory, name);
  const { metafile, outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: Object.entries(functions).map(([name, { entry }]) => ({ in: entry, out: join(name, 'index') })),
    outdir: outputDirectory,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    alias: { '@aws-sdk/credential-provider-node': './lambdas/runtime/container/credential-provider.ts' },
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
    metafile: true,
    write: false,
  });
  for (const { path, contents } of outputFiles) replaceFile(outputDirectory, path, contents);
  writePages(outputDirectory, join(directory('api-docs'), 'pages'));
  return { directory, metafile };
}

/** The pages that `api-docs` serves lie beside its code. What is no page any more goes. */
function writePages(outputDirectory: string, directory: string): void {
  const files = pages();
  for (const [path, content] of files) replaceFile(outputDirectory, join(directory, path), content);
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !files.has(relative(directory, path).split(sep).join('/'))) rmSync(path);
  }
}

/** Whole or not at all: another synth may be reading the same file. */
function replaceFile(outputDirectory: string, path: string, contents: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = join(outputDirectory, `${relative(outputDirectory, path).replaceAll(sep, '-')}-${process.pid}.tmp`);
  writeFileSync(temporary, contents);
  renameSync(temporary, path);
}
