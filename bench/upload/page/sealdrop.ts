import { createClient } from '../../../client/index.ts';
import { chosenFiles, type UploadChosen } from './chosen.ts';

export interface SealdropOptions {
  readonly token: string;
  /** Whether to wait for the outcome of every file too. */
  readonly waits: boolean;
}

/** Sealdrop's client as the README has it: every file with `upload`. */
const uploadChosen: UploadChosen<SealdropOptions> = async ({ token, waits }) => {
  const files = chosenFiles();
  const begun = performance.now();
  const client = createClient({ baseUrl: location.origin, token: () => token });
  const accepted = new Set<File>();
  const all = Promise.withResolvers<number>();
  const upload = async (file: File): Promise<void> => {
    const document = await client.upload(file, {
      onProgress: ({ phase }) => {
        if (phase === 'verifying' && accepted.add(file).size === files.length) all.resolve(performance.now() - begun);
      },
    });
    if (document.state !== 'available') throw new Error(`${document.fileName} is ${document.state}.`);
  };
  const settled = Promise.all(files.map(upload));
  settled.catch(all.reject);
  const times = { begunAtMs: performance.timeOrigin + begun, acceptedMs: await all.promise };
  if (!waits) return times;
  await settled;
  return { ...times, settledMs: performance.now() - begun };
};

Object.assign(globalThis, { uploadChosen });
