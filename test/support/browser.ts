import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';
import packageJson from '../../package.json' with { type: 'json' };

/**
 * A headless Chromium from an npm package, so that no machine needs one installed; `CHROMIUM_PATH` names another, for
 * machines the package is not made for (it is for Linux on x64). Without the package's own switches: they turn web
 * security off, and with it CORS, which the tests are there to prove.
 */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await chromiumPath(), args: [...chromiumSwitches] });
}

export const chromiumSwitches = [
  // Chromium's sandbox needs rights that containers do not give; the tests visit nothing but 127.0.0.1.
  '--no-sandbox',
  // Nothing calls home.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const;

export const chromiumPath = async (): Promise<string> => process.env.CHROMIUM_PATH ?? (await unpackChromium());

/**
 * Unpacks once per machine and version. Not by the package's own function: it takes a file that another test process
 * is still writing, or that a killed one left half-written, for the whole browser.
 */
async function unpackChromium(): Promise<string> {
  const version = packageJson.devDependencies['@sparticuz/chromium'];
  const path = join(tmpdir(), `sealdrop-chromium-${version}`);
  if (existsSync(path)) return path;
  const packed = new URL('../bin/chromium.br', import.meta.resolve('@sparticuz/chromium'));
  const partial = `${path}.${randomUUID()}`;
  await pipeline(createReadStream(packed), createBrotliDecompress(), createWriteStream(partial, { mode: 0o700 }));
  await rename(partial, path);
  return path;
}
