import { afterEach, expect, vi } from 'vitest';
import * as z from 'zod/mini';
import { Problem, problemKindOf } from '../../contract/problems.ts';
import { routes } from '../../contract/routes.ts';
import { uuidV7 } from '../../lambdas/adapters/system.ts';
import { apiHandler } from '../../lambdas/runtime/api-handler.ts';
import { type apiEvent, lambdaContext } from './api-event.ts';

import { memoryClaims } from './memory-claims.ts';

/** Handlers of three routes over one use case that tests decide; it is forgotten after each test. */
const clock = { now: () => new Date('2026-11-21T10:00:00Z') };
const settings = {
  clock,
  claims: memoryClaims(),
  ids: uuidV7,
  allowedOrigins: ['https://app.example.org', 'https://other.example.org'],
};
export const declared = { fileName: 'a.pdf', mediaType: 'application/pdf', sizeBytes: 10, sha256: 'ab'.repeat(32) };
/** As much of an upload instruction as the handler reads. */
export const instruction = { document: { revision: 1, metadataRevision: 0 } };
export const useCase = vi.fn();
export const post = apiHandler(routes.requestUpload, useCase, settings);
export const get = apiHandler(routes.getDocument, useCase, settings);
export const list = apiHandler(routes.listDocuments, useCase, settings);

afterEach(() => {
  vi.restoreAllMocks();
  useCase.mockReset();
});

export const answer = async (handler: typeof post, event: ReturnType<typeof apiEvent>) => {
  const { statusCode, headers, body } = await handler(event, lambdaContext);
  return { statusCode, headers: headers ?? {}, body: JSON.parse(body) };
};

export const problem = async (handler: typeof post, event: ReturnType<typeof apiEvent>) => {
  const answered = await answer(handler, event);
  expect(answered.headers['Content-Type']).toBe('application/problem+json');
  expect(z.safeParse(z.strictObject(Problem.shape), answered.body).error).toBeUndefined();
  expect(answered.body).toMatchObject({ status: answered.statusCode, requestId: 'request-1' });
  expect(answered.body.detail).toMatch(/^[A-Z].*\.$/);
  expect(answered.headers['Cache-Control']).toBe('no-store');
  return answered.body as Problem;
};
export const kindOf = problemKindOf;
