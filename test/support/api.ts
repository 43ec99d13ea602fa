import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { Problem } from '../../contract/problems.ts';
import { Document } from '../../contract/schemas/document.ts';
import { DownloadLink } from '../../contract/schemas/download.ts';
import { SinglePut, UploadInstruction } from '../../contract/schemas/upload.ts';
import { settledStates } from '../../contract/states.ts';
import type { LocalCloud } from '../../local/cloud.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

const read = async (response: Response): Promise<Answer> => ({
  status: response.status,
  headers: response.headers,
  text: await response.text(),
});

const declarationOf = (content: Uint8Array, fileName: string, mediaType: string) => ({
  fileName,
  mediaType,
  sizeBytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
});

/** What a first declaration is answered with: something is to be sent. */
export const SendableUpload = z.extend(UploadInstruction, { upload: SinglePut });

export type SendableUpload = z.infer<typeof SendableUpload>;

const settled: readonly string[] = settledStates;

/** The API of a local cloud as one of its people uses it, with nothing but fetch. */
export const apiOf = async (cloud: Pick<LocalCloud, 'origin' | 'identity'>, person: string) => {
  const token = await cloud.identity.issueToken(person);
  const call = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = { Authorization: `Bearer ${token}`, ...init.headers };
    return read(await fetch(`${cloud.origin}${path}`, { ...init, headers }));
  };
  const get = async (id: string) => z.parse(Document, JSON.parse((await call(`/v1/documents/${id}`)).text));

  const declare = async (content: Uint8Array, fileName = 'report.pdf', mediaType = 'application/pdf', headers = {}) => {
    const answer = await call('/v1/documents', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(declarationOf(content, fileName, mediaType)),
    });
    if (answer.status !== 201) throw new Error(`Declaring was answered ${answer.status}: ${answer.text}`);
    return z.parse(SendableUpload, JSON.parse(answer.text));
  };

  const put = async (
    { upload }: SendableUpload,
    content: Uint8Array,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> =>
    read(
      await fetch(upload.url, {
        method: 'PUT',
        headers: { ...upload.headers, ...headers },
        body: new Blob([new Uint8Array(content)]),
      }),
    );

  /** Asks until the outcome is known, as a page does. */
  const settle = async (id: string): Promise<Document> => {
    const document = await get(id);
    if (settled.includes(document.state)) return document;
    await new Promise((resolve) => setTimeout(resolve, 20));
    return settle(id);
  };

  return {
    token,
    call,
    declare,
    put,
    get,
    settle,
    upload: async (content: Uint8Array, fileName?: string, mediaType?: string): Promise<Document> => {
      const instruction = await declare(content, fileName, mediaType);
      const answer = await put(instruction, content);
      if (answer.status !== 200) throw new Error(`S3 answered ${answer.status}: ${answer.text}`);
      return settle(instruction.document.id);
    },
    download: async (id: string): Promise<Uint8Array> => {
      const answer = await call(`/v1/documents/${id}/download`);
      const { url } = z.parse(DownloadLink, JSON.parse(answer.text));
      const response = await fetch(url);
      if (response.status !== 200) throw new Error(`S3 answered ${response.status}: ${await response.text()}`);
      return response.bytes();
    },
  };
};

export type Api = Awaited<ReturnType<typeof apiOf>>;

/** The problem in an answer; throws where it is none. */
export const problemOf = ({ status, headers, text }: Answer): Problem => {
  const problem = z.parse(Problem, JSON.parse(text));
  if (headers.get('content-type') !== 'application/problem+json') throw new Error('The answer is no problem+json.');
  if (problem.status !== status) throw new Error(`The problem says ${problem.status}, the answer ${status}.`);
  return problem;
};
