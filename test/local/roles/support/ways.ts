import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Api } from '../../../support/api.ts';
import { jsonBody } from '../../../support/parts.ts';

/** What is done where a client speaks S3, Companion's protocol, or only forms; each name is where a right may be missed. */
export type OtherStep =
  | 'form'
  | 'form-send'
  | 's3-put'
  | 's3-put-send'
  | 's3-parts'
  | 's3-list'
  | 's3-abort'
  | 'token'
  | 'uppy-form'
  | 'uppy-form-send'
  | 'uppy-parts'
  | 'uppy-list'
  | 'uppy-complete'
  | 'uppy-abort';

export interface Way {
  readonly api: Api;
  readonly at: (step: OtherStep) => void;
  /** Loses the events of the next uploads, so that no record tells what S3 alone knows. */
  readonly loseEvents: () => Promise<void>;
}

export const Form = z.object({ url: z.string(), fields: z.record(z.string(), z.string()) });

export const said = async (response: Response): Promise<string> => {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status}: ${text}`);
  return text;
};

export const asked = async (api: Api, path: string, body: object, headers = {}): Promise<unknown> => {
  const { status, text } = await api.call(path, jsonBody('POST', body, headers));
  if (status >= 300) throw new Error(`${status}: ${text}`);
  return JSON.parse(text);
};

export const declarationOf = (content: Uint8Array) => ({
  fileName: 'a.pdf',
  mediaType: 'application/pdf',
  sizeBytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
});
