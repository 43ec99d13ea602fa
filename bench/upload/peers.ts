import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import example5 from '../../examples/uppy-5/package.json' with { type: 'json' };
import example6 from '../../examples/uppy-6/package.json' with { type: 'json' };

/** A peer of one version with what it needs, as its own npm project. */
export interface Peer {
  readonly name: string;
  /** Exact versions. */
  readonly dependencies: Readonly<Record<string, string>>;
}

interface Example {
  readonly dependencies: { readonly '@uppy/core': string; readonly '@uppy/aws-s3': string };
}

const uppyOf = ({ dependencies }: Example): Peer => {
  const { '@uppy/core': core, '@uppy/aws-s3': plugin } = dependencies;
  return { name: `@uppy/aws-s3 ${plugin}`, dependencies: { '@uppy/core': core, '@uppy/aws-s3': plugin } };
};

/** In the versions of the examples. Installed apart from them, so that no other version is anywhere near. */
export const uppy6 = uppyOf(example6);
export const uppy5 = uppyOf(example5);

const cache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'sealdrop-bench');

/**
 * Installs a peer from npm at the first run, without running scripts of packages. Gives the folder of its project. It is
 * whole or not there: another run, or one that was stopped, never leaves half of it.
 */
export const installPeer = async ({ name, dependencies }: Peer): Promise<string> => {
  const directory = join(cache, name.replaceAll(/[@/ ]+/g, '-').replace(/^-/, ''));
  if (existsSync(directory)) return directory;
  await mkdir(cache, { recursive: true });
  const partial = await mkdtemp(join(cache, 'installing-'));
  await writeFile(join(partial, 'package.json'), JSON.stringify({ private: true, dependencies }));
  try {
    await promisify(execFile)('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: partial });
    await rename(partial, directory);
  } catch (cause) {
    await rm(partial, { recursive: true });
    // Another run was faster.
    if (existsSync(directory)) return directory;
    throw new Error(`${name} cannot be installed from npm. The first run of this bench needs the registry.`, { cause });
  }
  return directory;
};
