import { join } from 'node:path';
import { buildSync } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/**
 * Bundles a peer as `NodejsFunction` of the CDK does by default: CommonJS, not minified, `main` before `module`. The
 * SDK, which the CDK leaves to the Lambda runtime's copy, is bundled: that copy is not here, and loads slower.
 */
export const bundlePeer = (name: 'no-op' | 'sdk-upload'): string => {
  const outfile = join(root, '.build', 'bench', `${name}.cjs`);
  buildSync({
    absWorkingDir: root,
    entryPoints: [join('bench', 'peers', `${name}.ts`)],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    mainFields: ['main', 'module'],
    logLevel: 'error',
  });
  return outfile;
};
