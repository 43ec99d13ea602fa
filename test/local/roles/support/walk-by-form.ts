import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { Api } from '../../../support/api.ts';
import { aPdf } from './steps.ts';
import { asked, declarationOf, Form, said, type Way } from './ways.ts';

const FormAnswer = z.object({ form: Form });
const FormPost = z.object({ upload: Form });

export const sendForm = async ({ url, fields }: z.infer<typeof Form>, content: Uint8Array): Promise<void> => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(content)]));
  await said(await fetch(url, { method: 'POST', body: form }));
};

/** By a form, asked for twice by a key, as by a client whose first answer was lost. */
export const walkByForm = async ({ api, at }: Omit<Way, 'loseEvents'>): Promise<void> => {
  at('form');
  const content = aPdf();
  const key = { 'Idempotency-Key': randomUUID() };
  const ask = () => asked(api, '/v1/forms', declarationOf(content), key);
  await ask();
  const { form } = z.parse(FormAnswer, await ask());
  at('form-send');
  await sendForm(form, content);
};

/** A declaration, and one of many, whose client would rather have a form than a PUT. */
export const walkByTransfer = async (api: Api): Promise<void> => {
  const [one, other] = [aPdf(), aPdf()];
  const wish = (content: Uint8Array) => ({ ...declarationOf(content), transfer: 'form' });
  await sendForm(z.parse(FormPost, await asked(api, '/v1/documents', wish(one))).upload, one);
  const many = z.object({ results: z.tuple([FormPost]) });
  const { results } = z.parse(many, await asked(api, '/v1/documents/batch', { documents: [wish(other)] }));
  await sendForm(results[0].upload, other);
};
