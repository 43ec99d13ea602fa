import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Refusal } from '../refusal.ts';
import { errorDocument } from './error-document.ts';
import type { RequestIds } from './request.ts';

/** Headers hold one character per byte, as they came. A stream is sent as it is read, never gathered. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Readable;
}

export const xmlAnswer = (body: string): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body,
});

/** Answers to HEAD and 304 have no body, errors included (RFC 9110 section 9.3.2). */
export const refusalAnswer = (refusal: Refusal, ids: RequestIds): Answer => ({
  status: refusal.status,
  headers: { 'content-type': 'application/xml', ...refusal.headers },
  body: errorDocument(refusal, ids),
});

export async function sendAnswer(response: ServerResponse, answer: Answer, isHead: boolean): Promise<void> {
  const { body } = answer;
  const headers: Record<string, string> = { ...answer.headers };
  const mayHaveBody = answer.status !== 204 && answer.status !== 304;
  if (mayHaveBody && typeof body !== 'object') headers['content-length'] ??= String(Buffer.byteLength(body ?? ''));
  response.writeHead(answer.status, headers);
  if (body === undefined || isHead) {
    response.end();
  } else if (typeof body === 'string') {
    response.end(body);
  } else {
    await pipeline(body, response).catch((error: NodeJS.ErrnoException) => {
      // The client went away in the middle, as it may.
      if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    });
  }
}

/** For an answer that nobody is left to read: its file must be closed. */
export function discardAnswer({ body }: Answer): void {
  if (typeof body === 'object') body.destroy();
}
