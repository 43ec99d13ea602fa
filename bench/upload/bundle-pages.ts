import { join } from 'node:path';
import { build } from 'esbuild';
import { build as buildSite } from 'vite';
import { installPeer, type Peer } from './peers.ts';

const root = join(import.meta.dirname, '..', '..');
const pages = join(import.meta.dirname, 'page');

/** The script of a page that uploads by a peer; gives its path. */
export const bundleUppy = async (peer: Peer, directory: string): Promise<string> => {
  const modules = await installPeer(peer);
  const outfile = join(directory, `${peer.name.replaceAll(/\W+/g, '-')}.js`);
  await build({
    absWorkingDir: root,
    entryPoints: [join(pages, 'uppy.ts')],
    nodePaths: [modules],
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
