import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';

/** What a page loads at once: the issue that asked for the engine allows it so much, gzip, without Uppy and workers. */
const bundleSizeBytesMax = 15_000;
/** With what it loads when a file goes up in parts or one is downloaded, and without WebAssembly and what is for Node. */
const allSizeBytesMax = 25_600;

let inputs: string[] = [];
let code: Uint8Array = new Uint8Array();
let allSizeBytes = 0;
let metafile: Metafile;
beforeAll(async () => {
  const result = await build({
    entryPoints: { client: 'client/index.ts' },
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    outdir: 'out',
  });
  metafile = result.metafile;
  const [name = '', output] =
    Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === 'client/index.ts') ?? [];
  // What it imports as it is loaded comes with it; what it imports later does not.
  const loaded = [
    name,
    ...(output?.imports ?? []).flatMap(({ kind, path }) => (kind === 'import-statement' ? [path] : [])),
  ];
  inputs = loaded.flatMap((path) => Object.keys(metafile.outputs[path]?.inputs ?? {}));
  allSizeBytes = Object.entries(metafile.outputs)
    .filter(([, { inputs: own }]) => !Object.keys(own).some((input) => /node_modules|node-http/.test(input)))
    .map(([path]) => result.outputFiles.find((file) => file.path.endsWith(path)))
    .reduce((sum, file) => sum + gzipSync(file?.contents ?? '', { level: 9 }).byteLength, 0);
  code = Buffer.concat(
    result.outputFiles.filter(({ path }) => loaded.some((each) => path.endsWith(each))).map(({ contents }) => contents),
  );
});

describe('the client in a browser', () => {
  it('carries no package and nothing of Node', () => {
    expect(inputs.filter((input) => input.startsWith('node_modules/'))).toEqual([]);
    const contract = inputs.filter((input) => input.startsWith('contract/'));
    expect(contract.sort()).toEqual([
      'contract/document-headers.ts',
      'contract/media-types.ts',
      'contract/states.ts',
      'contract/transfer-limits.ts',
    ]);
  });

  it('loads WebAssembly when it hashes, and nothing else of a package', () => {
    const packages = Object.keys(metafile.inputs).flatMap((input) => /node_modules\/([^/]+)/.exec(input)?.[1] ?? []);
    expect([...new Set(packages)]).toEqual(['hash-wasm']);
  });

  it(`is at most ${bundleSizeBytesMax} bytes`, () => {
    const sizeBytes = gzipSync(code, { level: 9 }).byteLength;
    expect(sizeBytes).toBeGreaterThan(5000);
    expect(sizeBytes).toBeLessThanOrEqual(bundleSizeBytesMax);
  });

  it(`is at most ${allSizeBytesMax} bytes with all that it may load later`, () => {
    expect(allSizeBytes).toBeGreaterThan(10_000);
    expect(allSizeBytes).toBeLessThanOrEqual(allSizeBytesMax);
  });
});
