import { createClient } from '../../../client/index.ts';
import { chosenFiles, type UploadChosen } from './chosen.ts';

/** Made by the bench. */
declare const onAccepted: (text: string) => void;

export interface SealdropOptions {
  readonly token: string;
}

/** Sealdrop's client as the README has it: every file with `upload`. */
const uploadChosen: UploadChosen<SealdropOptions> = async ({ token }) => {
  const files = chosenFiles();
  const begun = performance.now();
  const client = createClient({ baseUrl: location.origin, token: () => token });
  const accepted = new Set<File>();
  let acceptedMs = Number.NaN;
  const accept = (file: File): void => {
    if (accepted.has(file) || accepted.add(file).size < files.length) return;
    acceptedMs = performance.now() - begun;
    onAccepted('');
  };
  const upload = async (file: File): Promise<void> => {
    const document = await client.upload(file, {
      onProgress: ({ phase }) => {
        if (phase === 'verifying') accept(file);
      },
    });
    if (document.state !== 'available') throw new Error(`${document.fileName} is ${document.state}.`);
  };
  await Promise.all(files.map(upload));
  return { begunAtMs: performance.timeOrigin + begun, acceptedMs, settledMs: performance.now() - begun };
};

Object.assign(globalThis, { uploadChosen });
