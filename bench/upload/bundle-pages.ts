import { join } from 'node:path';
import { build } from 'esbuild';
import { build as buildSite } from 'vite';
import { installPeer, type Peer } from './peers.ts';

const pages = join(import.meta.dirname, 'page');

/** The script of a page that uploads by a peer; gives its path. */
export const bundleUppy = async (peer: Peer, directory: string): Promise<string> => {
  const project = await installPeer(peer);
  const outfile = join(directory, `${peer.name.replaceAll(/\W+/g, '-')}.js`);
  await build({
    // Names of `alias` are looked up from here.
    absWorkingDir: project,
    alias: { 'uppy-under-test/core': '@uppy/core', 'uppy-under-test/aws-s3': '@uppy/aws-s3' },
    entryPoints: [join(pages, 'uppy.ts')],
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2024',
    logLevel: 'error',
  });
  return outfile;
};

/** The page that uploads by Sealdrop's client, built as `web/` is, workers and all. */
export const buildSealdropPage = async (outDir: string): Promise<void> => {
  await buildSite({ root: pages, configFile: false, logLevel: 'error', build: { outDir, emptyOutDir: true } });
};
