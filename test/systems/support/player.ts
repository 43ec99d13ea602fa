import { createHash } from 'node:crypto';
import { afterAll, expect } from 'vitest';
import * as z from 'zod/mini';
import { Document } from '../../../contract/schemas/document.ts';
import { DocumentList } from '../../../contract/schemas/list.ts';
import type { UploadRequest } from '../../../contract/schemas/upload.ts';
import { type Answer, type Api, apiOf, problemOf, SendableUpload } from '../../support/api.ts';
import { startTestCloud, type TestCloud, type TestCloudOptions } from '../../support/cloud.ts';

export type Description = Partial<Omit<UploadRequest, 'sizeBytes' | 'sha256'>>;

const sha256Of = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** Somebody who uses one of the systems, with nothing but HTTP. */
export const playerOf = async (cloud: TestCloud, person: string) => {
  const api: Api = await apiOf(cloud, person);

  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> =>
    api.call(path, {
      method,
      headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });

  /** The answer as JSON; a failed test where its status is another one. */
  const asked = async (status: number, ...request: Parameters<typeof ask>): Promise<unknown> => {
    const answer = await ask(...request);
    expect([answer.status, answer.text]).toEqual([status, answer.text]);
    return answer.text === '' ? undefined : JSON.parse(answer.text);
  };

  const declare = (content: Uint8Array, description: Description): Promise<Answer> =>
    ask('POST', '/v1/documents', {
      fileName: 'file.pdf',
      mediaType: 'application/pdf',
      sizeBytes: content.length,
      sha256: sha256Of(content),
      ...description,
    });

  /** Declares, puts and waits for the outcome. */
  const upload = async (content: Uint8Array, description: Description): Promise<Document> => {
    const declared = await declare(content, description);
    expect([declared.status, declared.text]).toEqual([201, declared.text]);
    const instruction = z.parse(SendableUpload, JSON.parse(declared.text));
    expect(instruction.document.state).toBe('pending');
    expect((await api.put(instruction, content)).status).toBe(200);
    return api.settle(instruction.document.id);
  };

  return {
    ...api,
    ask,
    asked,
    declare,
    upload,
    /** What is wrong with a request, by field. */
    refusal: async (answer: Promise<Answer>) => {
      const { type, errors = [], detail } = problemOf(await answer);
      return { kind: type.split('/').at(-1), fields: errors.map(({ pointer }) => pointer), detail };
    },
    list: async (path: string) => z.parse(DocumentList, await asked(200, 'GET', path)),
    document: async (id: string) => z.parse(Document, await asked(200, 'GET', `/v1/documents/${id}`)),
  };
};

export type Player = Awaited<ReturnType<typeof playerOf>>;

/** A cloud with one of the profiles, which goes when the tests of the file are done. */
export const systemCloud = async (profile: string, options: TestCloudOptions = {}): Promise<TestCloud> => {
  const cloud = await startTestCloud({ ...options, profile });
  afterAll(() => cloud.close());
  return cloud;
};
