import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../client/index.ts';
import type { Document } from '../../contract/schemas/document.ts';
import { documentStates } from '../../contract/states.ts';
import { transitions } from '../../lambdas/domain/lifecycle.ts';
import { canDelete, canRestore, failureInWords, stateInWords, transferInWords } from '../../web/src/words.ts';

const moment = '2026-01-01T00:05:00.000Z';

const pending: Document = {
  id: '01890000-0000-7000-8000-000000000001',
  revision: 1,
  metadataRevision: 0,
  state: 'pending',
  fileName: 'report.pdf',
  mediaType: 'application/pdf',
  sizeBytes: 1000,
  sha256: '0'.repeat(64),
  uploadedBy: 'owner-1',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  uploadExpiresAt: moment,
};

describe('stateInWords', () => {
  it('says that a document was not received as soon as it can no longer be sent', () => {
    const expiresAt = Date.parse(moment);
    expect(stateInWords(pending, expiresAt - 1)).toEqual({ short: 'Not received yet', tone: 'waiting' });
    expect(stateInWords(pending, expiresAt)).toMatchObject({ detail: 'Was not received. Upload the file again.' });
  });

  it('does not say so of what was received', () => {
    expect(stateInWords({ ...pending, state: 'scanning' }, Date.parse(moment)).short).toBe('Being checked');
  });
});

describe('a deleted document', () => {
  const purgeAfter = '2026-03-30T12:00:00.000Z';
  const deleted: Document = { ...pending, state: 'deleted', purgeAfter };
  const rejection = { reason: 'malware-found', detail: 'The file holds malware.' } as const;

  it('says until when it can be restored, and offers it until then', () => {
    const end = Date.parse(purgeAfter);
    expect(stateInWords(deleted, end - 1)).toMatchObject({
      short: 'Deleted',
      tone: 'quiet',
      detail: expect.stringMatching(/^You can restore it until .*2026\.$/),
    });
    expect(canRestore(deleted, end - 1)).toBe(true);
    expect(stateInWords(deleted, end).detail).toBe('It is being removed for good.');
    expect(canRestore(deleted, end)).toBe(false);
  });

  it('that was refused before says so and offers nothing', () => {
    const refused = { ...deleted, rejection };
    expect(stateInWords(refused, 0)).toMatchObject({
      short: 'Deleted',
      detail: expect.stringContaining('was refused'),
    });
    expect(canRestore(refused, 0)).toBe(false);
  });

  it('that is gone says so, even where it was refused', () => {
    const purged: Document = { ...deleted, state: 'purged', rejection };
    expect(stateInWords(purged, 0)).toMatchObject({ short: 'Deleted', detail: 'It was removed for good.' });
  });

  it.each(documentStates)('%s can be deleted where the lifecycle has it', (state) => {
    expect(canDelete({ ...pending, state })).toBe(transitions.delete.from.some((from) => from === state));
  });
});

describe('failureInWords', () => {
  it("shows the limit of a size in the page's own units, rounded down", () => {
    const detail = 'Choose a file of at most 104857600 bytes.';
    const problem = { type: 'https://sealdrop.example/problems/file-too-large', title: '', status: 422, detail };
    const error = new ProblemError({ ...problem, requestId: 'request-1', sizeBytesMax: 104_857_600 });
    const { sentence, canRetry } = failureInWords(error);
    expect(sentence).toBe('The file is too large. Choose a file of at most 104.8 MB.');
    expect(canRetry).toBe(false);
  });

  it('says whose quota is used up, how far, and what can be done', () => {
    const quota = { scope: 'user', documents: 7, documentsMax: 9, sizeBytes: 1e9, sizeBytesMax: 1e9 } as const;
    const problem = { type: 'https://sealdrop.example/problems/quota-exceeded', title: '', status: 409, detail: '' };
    const { sentence } = failureInWords(new ProblemError({ ...problem, requestId: 'request-1', quota }));
    expect(sentence).toMatch(/^Your space is used up \(7 of 9 documents, 1 GB of 1 GB\)\. Delete .* purged/);
  });
});

describe('transferInWords', () => {
  it('speaks of encryption only where the page itself came encrypted', () => {
    expect(transferInWords('https:')).toContain('encrypted');
    expect(transferInWords('http:')).toBe('Files go straight to storage and are checked before anyone can open them.');
  });
});
