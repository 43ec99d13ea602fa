import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../client/index.ts';
import type { Document } from '../../contract/schemas/document.ts';
import { failureInWords, stateInWords, transferInWords } from '../../web/src/words.ts';

const moment = '2026-01-01T00:05:00.000Z';

const pending: Document = {
  id: '01890000-0000-7000-8000-000000000001',
  revision: 1,
  state: 'pending',
  fileName: 'report.pdf',
  mediaType: 'application/pdf',
  sizeBytes: 1000,
  sha256: '0'.repeat(64),
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

describe('failureInWords', () => {
  it("shows the limit of a size in the page's own units, rounded down", () => {
    const detail = 'Choose a file of at most 104857600 bytes.';
    const problem = { type: 'https://sealdrop.example/problems/file-too-large', title: '', status: 422, detail };
    const error = new ProblemError({ ...problem, requestId: 'request-1', sizeBytesMax: 104_857_600 });
    const { sentence, canRetry } = failureInWords(error);
    expect(sentence).toBe('The file is too large. Choose a file of at most 104.8 MB.');
    expect(canRetry).toBe(false);
  });
});

describe('transferInWords', () => {
  it('speaks of encryption only where the page itself came encrypted', () => {
    expect(transferInWords('https:')).toContain('encrypted');
    expect(transferInWords('http:')).toBe('Files go straight to storage and are checked before anyone can open them.');
  });
});
