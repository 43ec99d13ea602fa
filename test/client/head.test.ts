import { describe, expect, it } from 'vitest';
import { AnswerError, type Head } from '../../client/index.ts';
import { documentHeaders } from '../../contract/document-headers.ts';
import { rejectionOf, withCloud } from './support/with-cloud.ts';

const id = '01890000-0000-7000-8000-000000000001';
const facts: Head = {
  state: 'available',
  sizeBytes: 5000,
  mediaType: 'application/pdf',
  sha256: 'ab'.repeat(32),
  createdAt: '2026-11-21T10:00:00.000Z',
  updatedAt: '2026-11-21T10:02:00.000Z',
  availableAt: '2026-11-21T10:01:00.000Z',
  entityTag: '"2.r2.m0"',
};
const headers = {
  'x-request-id': 'request-1',
  etag: '"2.r2.m0"',
  ...Object.fromEntries(
    Object.entries(documentHeaders).map(([field, name]) => [name, String(facts[field as keyof Head])]),
  ),
};

describe('the head of a document', () => {
  it('is read from the headers', () =>
    withCloud(async ({ cloud, client }) => {
      cloud.faults.push({ on: /^HEAD/, answer: { status: 200, headers } });
      expect(await client.head(id)).toEqual(facts);
      expect(cloud.requests).toEqual([`HEAD /v1/documents/${id}`]);
    }));

  it('is undefined where there is no such document', () =>
    withCloud(async ({ cloud, client }) => {
      cloud.faults.push({ on: /^HEAD/, answer: { status: 404, headers: { 'x-request-id': 'request-1' } } });
      expect(await client.head(id)).toBeUndefined();
    }));

  it.each([
    ['a 404 that is not of this API', { status: 404 }],
    ['a page of somebody else', { status: 200, headers: { 'content-type': 'text/html' } }],
    ['a refusal', { status: 403, headers: { 'x-request-id': 'request-1' } }],
  ])('does not take %s for an answer', (_, answer) =>
    withCloud(async ({ cloud, client }) => {
      cloud.faults.push({ on: /^HEAD/, answer });
      expect(await rejectionOf(client.head(id))).toBeInstanceOf(AnswerError);
    }),
  );

  it('is asked for again while the service is busy', () =>
    withCloud(async ({ cloud, client }) => {
      cloud.faults.push({ on: /^HEAD/, answer: { status: 503 } }, { on: /^HEAD/, answer: { status: 200, headers } });
      expect(await client.head(id)).toMatchObject({ state: 'available' });
    }));
});
