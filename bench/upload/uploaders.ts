import { holdEvents } from './hold-events.ts';
import type { Times } from './page/chosen.ts';
import type { UppyOptions } from './page/uppy.ts';
import { uppy5, uppy6 } from './peers.ts';
import type { TimedContender } from './rounds.ts';
import { uploadOnce, type Visit } from './visit.ts';
import type { World } from './world.ts';

/** What a contender uploads, and over which link. */
export interface Task {
  readonly world: World;
  readonly files: readonly string[];
  /** @default - as fast as the machine */
  readonly proxyUrl?: string;
}

/** Timed until S3 has accepted everything; remembers all that its page told. */
export interface Uploader extends TimedContender {
  readonly times: Times[];
  readonly visit: () => Promise<Visit>;
}

const uploader = (name: string, visit: Uploader['visit']): Uploader => {
  const times: Times[] = [];
  const run = async (): Promise<number> => {
    const seen = await uploadOnce(await visit());
    times.push(seen);
    return seen.acceptedMs;
  };
  return { name, times, visit, run };
};

export const bySealdrop = ({ world: { chromium, sealdrop }, files, proxyUrl }: Task): Uploader =>
  uploader('Sealdrop, checksums on', async () => {
    const { release } = await holdEvents(sealdrop.controlOrigin);
    const options = { token: await sealdrop.token() };
    return { chromium, proxyUrl, files, url: `${sealdrop.origin}/`, options, onAccepted: release };
  });

export const byUppy6 = (
  { world: { chromium, uppy6Url: url }, files, proxyUrl }: Task,
  options: UppyOptions = {},
): Uploader => uploader(`peer: ${uppy6.name}`, async () => ({ chromium, proxyUrl, files, url, options }));

export const byUppy5 = (
  { world: { chromium, uppy5Url: url }, files, proxyUrl }: Task,
  options: UppyOptions = {},
): Uploader => uploader(`peer: ${uppy5.name}`, async () => ({ chromium, proxyUrl, files, url, options }));
