import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchToken } from '../../local/token.ts';
import { startOwn } from '../local-s3/child.ts';
import { buildSealdropPage, bundleUppy } from './bundle-pages.ts';
import { type Chromium, launchChromium } from './chromium/chromium.ts';
import { uppy5, uppy6 } from './peers.ts';
import { type S3Events, s3EventsAt } from './s3-events.ts';
import { type Link, startShapingProxy } from './shaping-proxy.ts';

/** Where everybody uploads: each to a local S3 of its own, in a process of its own, and from a page of its own. */
export interface World extends AsyncDisposable {
  /** For files, and what is stored of them; goes with the world. */
  readonly directory: string;
  readonly chromium: Chromium;
  /** The built page of Sealdrop's client. */
  readonly pageDirectory: string;
  readonly sealdrop: { readonly origin: string; readonly events: S3Events; token(): Promise<string> };
  /** The local S3 that peers upload to. */
  readonly peerS3Origin: string;
  /** A page of Sealdrop's client beside a stand-in for its service and the S3 of the peers, as they have them. */
  readonly standInUrl: string;
  readonly uppy5Url: string;
  readonly uppy6Url: string;
  /** A proxy that makes a link like this one of whatever goes through it. */
  linkOf(link: Link): Promise<string>;
}

export const startWorld = async (): Promise<World> => {
  await using cleanup = new AsyncDisposableStack();
  const directory = mkdtempSync(join(tmpdir(), 'sealdrop-bench-upload-'));
  cleanup.defer(() => rmSync(directory, { recursive: true }));
  const scripts = await Promise.all([uppy6, uppy5].map((peer) => bundleUppy(peer, directory)));
  const pageDirectory = join(directory, 'page');
  await buildSealdropPage(pageDirectory);
  const [peers, cloud] = await Promise.all([
    startOwn('upload/peer-cloud.ts', join(directory, 'peers'), pageDirectory, ...scripts).then((child) =>
      cleanup.use(child),
    ),
    startOwn('upload/cloud.ts', join(directory, 'cloud'), pageDirectory).then((child) => cleanup.use(child)),
  ]);
  const chromium = cleanup.use(await launchChromium());
  const own = cleanup.move();
  return {
    directory,
    chromium,
    pageDirectory,
    sealdrop: {
      origin: cloud.origin,
      events: s3EventsAt(cloud.otherOrigins[0] ?? ''),
      token: () => tokenOf(cloud.origin),
    },
    peerS3Origin: peers.otherOrigins[0] ?? '',
    standInUrl: `${peers.origin}/`,
    uppy6Url: `${peers.origin}/0`,
    uppy5Url: `${peers.origin}/1`,
    linkOf: async (link) => own.use(await startShapingProxy(link)).url,
    [Symbol.asyncDispose]: () => own.disposeAsync(),
  };
};

const tokenOf = async (origin: string): Promise<string> => {
  const result = await fetchToken(['--as', 'patient-north', '--port', new URL(origin).port]);
  if (result.exitCode !== 0) throw new Error(result.problem);
  return result.output;
};
