import * as z from 'zod/mini';
import { companionOf } from '../../uppy/support/companion.ts';
import { aPdf } from './steps.ts';
import { sendForm } from './walk-by-form.ts';
import { asked, said, type Way } from './ways.ts';

/** Of Uppy's client, which can send no headers: all of Companion's calls, by a token in the path. */
export const walkByToken = async ({ api, at, loseEvents }: Way): Promise<void> => {
  at('token');
  const { companionUrl } = z.parse(z.object({ companionUrl: z.string() }), await asked(api, '/v1/upload-tokens', {}));
  const uppy = companionOf(companionUrl, {});
  at('uppy-form');
  const form = await uppy.form('a.pdf', 'application/pdf');
  at('uppy-form-send');
  await sendForm(form, aPdf());
  at('uppy-parts');
  const file = { filename: 'a.pdf', type: 'application/pdf' };
  const begin = () => uppy.json<{ key: string; uploadId: string; bucket: string }>('POST', '/s3/multipart', {}, file);
  const upload = await begin();
  const path = `/s3/multipart/${upload.uploadId}`;
  const { url } = await uppy.json<{ url: string }>('GET', `${path}/1`, upload);
  await said(await fetch(url, { method: 'PUT', body: new Blob([new Uint8Array(aPdf())]) }));
  at('uppy-list');
  const parts = await uppy.json<object[]>('GET', path, upload);
  at('uppy-complete');
  await loseEvents();
  for (const _time of [1, 2]) await uppy.json('POST', `${path}/complete`, upload, { parts });
  at('uppy-abort');
  const other = await begin();
  await uppy.json('DELETE', `/s3/multipart/${other.uploadId}`, other);
};
