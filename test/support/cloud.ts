import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Clock } from '../../local/clock.ts';
import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from '../../local/cloud.ts';
import { synthesize } from '../../local/synthesize.ts';
import { choosePort } from './ports.ts';

interface Assembly {
  readonly directory: string;
  readonly port: number;
}

const assemblies = new Map<string, Promise<Assembly>>();

// Hooks run last in, first out: this one is after those of the test file, which close what uses the assembly.
afterAll(async () => {
  for (const made of await Promise.allSettled(assemblies.values()))
    if (made.status === 'fulfilled') rmSync(made.value.directory, { recursive: true });
});

const synthesizeNow = async (profile: string): Promise<Assembly> => {
  const port = await choosePort();
  const directory = mkdtempSync(join(tmpdir(), 'sealdrop-assembly-'));
  await synthesize({ origin: `http://127.0.0.1:${port}`, profile }, directory);
  return { directory, port };
};

/** The template names the origin it runs at, so one assembly is good for one port. Made once per test process and profile. */
const synthesizeOnce = (profile: string): Promise<Assembly> => {
  const assembly = assemblies.get(profile) ?? synthesizeNow(profile);
  assemblies.set(profile, assembly);
  return assembly;
};

export interface TestCloud extends LocalCloud {
  readonly dataDirectory: string;
  /** Stops it and starts it again on the same data. */
  restart(): Promise<TestCloud>;
}

export interface TestCloudOptions extends Pick<LocalCloudOptions, 'rights' | 'control'> {
  readonly clock?: Clock;
  /** The name of one of profiles/. @default - default */
  readonly profile?: string;
  /** @default - an empty page; the API is there in any case */
  readonly pageDirectory?: string;
}

/** Starts the synthesized template on a data folder of its own, which goes when the cloud is closed. */
export const startTestCloud = async (options: TestCloudOptions = {}): Promise<TestCloud> => {
  const { directory: assemblyDirectory, port } = await synthesizeOnce(options.profile ?? 'default');
  const folder = mkdtempSync(join(tmpdir(), 'sealdrop-cloud-'));
  const dataDirectory = join(folder, 'data');
  const start = async (): Promise<TestCloud> => {
    const cloud = await startLocalCloud({
      pageDirectory: mkdtempSync(join(folder, 'page-')),
      ...options,
      port,
      dataDirectory,
      assemblyDirectory,
    });
    return {
      ...cloud,
      dataDirectory,
      close: async () => {
        await cloud.close();
        rmSync(folder, { recursive: true });
      },
      restart: async () => {
        await cloud.close();
        return start();
      },
    };
  };
  return start();
};
