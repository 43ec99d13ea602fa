import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A peer of one version with what it needs, as its own npm project. */
export interface Peer {
  readonly name: string;
  /** Exact versions. */
  readonly dependencies: Readonly<Record<string, string>>;
}

export const uppy6: Peer = {
  name: '@uppy/aws-s3 6.3.1',
  dependencies: { '@uppy/core': '6.3.1', '@uppy/aws-s3': '6.3.1' },
};

export const uppy5: Peer = {
  name: '@uppy/aws-s3 5.1.0',
  dependencies: { '@uppy/core': '5.2.0', '@uppy/aws-s3': '5.1.0' },
};

const cache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'sealdrop-bench');

/**
 * Installs a peer from npm at the first run, without running scripts of packages. Gives its `node_modules`. It is
 * whole or not there: another run, or one that was stopped, never leaves half of it.
 */
export const installPeer = async ({ name, dependencies }: Peer): Promise<string> => {
  const directory = join(cache, name.replaceAll(/[@/ ]+/g, '-').replace(/^-/, ''));
  const modules = join(directory, 'node_modules');
  if (existsSync(modules)) return modules;
  await mkdir(cache, { recursive: true });
  const partial = await mkdtemp(join(cache, 'installing-'));
  await writeFile(join(partial, 'package.json'), JSON.stringify({ private: true, dependencies }));
  try {
    await promisify(execFile)('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: partial });
    await rename(partial, directory);
  } catch (cause) {
    await rm(partial, { recursive: true });
    // Another run was faster.
    if (existsSync(modules)) return modules;
    throw new Error(`${name} cannot be installed from npm. The first run of this bench needs the registry.`, { cause });
  }
  return modules;
};
