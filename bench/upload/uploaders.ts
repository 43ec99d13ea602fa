import type { SealdropOptions } from './page/sealdrop.ts';
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

/** Timed until S3 has accepted everything. */
export interface Uploader extends TimedContender {
  readonly visit: () => Promise<Visit>;
}

/** What is behind Sealdrop's client: as little as behind the peers, or all that there is. */
export const alone = ', a stand-in for its service';
export const whole = ', its whole service';

const uploader = (name: string, visit: Uploader['visit']): Uploader => ({
  name,
  visit,
  run: async () => (await uploadOnce(await visit())).acceptedMs,
});

const sealdropVisit = async ({ world, files, proxyUrl }: Task, own: Omit<SealdropOptions, 'token'>): Promise<Visit> => {
  const { chromium, sealdrop } = world;
  const options = { token: await sealdrop.token(), ...own };
  return { chromium, proxyUrl, files, url: `${sealdrop.origin}/`, options };
};

/**
 * S3 tells nobody of what came: what follows from an upload is not part of it. `known` are the checksums of the parts of
 * the one file, where none is to be computed.
 */
export const bySealdrop = (task: Task, known?: readonly string[]): Uploader =>
  uploader(known === undefined ? `Sealdrop, checksums on${whole}` : 'Sealdrop, nothing hashed', async () => {
    await task.world.sealdrop.events.drop();
    return sealdropVisit(task, { waits: false, ...(known && { known }) });
  });

/** The client by itself: with no more of a service, and no less of an S3, than the peers have. */
export const bySealdropAlone = ({ world: { chromium, standInUrl: url }, files, proxyUrl }: Task): Uploader =>
  uploader(`Sealdrop, checksums on${alone}`, async () => {
    const options: SealdropOptions = { token: 'nobody asks', waits: false };
    return { chromium, proxyUrl, files, url, options };
  });

/** How long after its bytes were accepted an upload's outcome is known, of one more upload: a sentence. */
export const outcomeOf = async (task: Task): Promise<string> => {
  await task.world.sealdrop.events.deliver();
  const { acceptedMs, settledMs = Number.NaN } = await uploadOnce(await sealdropVisit(task, { waits: true }));
  const seconds = ((settledMs - acceptedMs) / 1000).toFixed(1);
  return `Sealdrop knows the outcome of all ${seconds} s after S3 accepted them, with everything on one machine.`;
};

export const byUppy6 = (
  { world: { chromium, uppy6Url: url }, files, proxyUrl }: Task,
  options: UppyOptions = {},
): Uploader => uploader(`peer: ${uppy6.name}`, async () => ({ chromium, proxyUrl, files, url, options }));

export const byUppy5 = (
  { world: { chromium, uppy5Url: url }, files, proxyUrl }: Task,
  options: UppyOptions = {},
): Uploader => uploader(`peer: ${uppy5.name}`, async () => ({ chromium, proxyUrl, files, url, options }));
