import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

describe('the client in a browser', () => {
  it('carries no schema library and nothing of Node', async () => {
    const { metafile } = await build({
      entryPoints: ['client/index.ts'],
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'browser',
    });
    const packages = Object.keys(metafile.inputs).flatMap((input) => /node_modules\/([^/]+)/.exec(input)?.[1] ?? []);
    expect([...new Set(packages)]).toEqual(['hash-wasm']);
    const contract = Object.keys(metafile.inputs).filter((input) => input.startsWith('contract/'));
    expect(contract.sort()).toEqual([
      'contract/document-headers.ts',
      'contract/limits.ts',
      'contract/media-types.ts',
      'contract/states.ts',
    ]);
  });
});
