import { describe, expect, it } from 'vitest';
import type { Client, UploadOptions } from '../../../client/index.ts';
import type { Document } from '../../../contract/schemas/document.ts';
import { createUploadQueue, isBeingSent, type UploadItem } from '../../../web/src/uploads/upload-queue.ts';

const fileOf = (name: string, type = 'application/pdf', content = 'x') => new File([content], name, { type });

/** A queue whose client never comes to an end, and what it did. */
function queueThatHangs() {
  const sent: string[] = [];
  const running = new Map<string, UploadOptions>();
  const told: string[] = [];
  let items: readonly UploadItem[] = [];
  const unexpected = () => Promise.reject(new Error('Not part of this test.'));
  const unexpectedly = () => {
    throw new Error('Not part of this test.');
  };
  const client: Client = {
    upload: (file, options = {}) =>
      new Promise((_, reject) => {
        const { signal } = options;
        const name = file instanceof File ? file.name : '';
        sent.push(name);
        running.set(name, options);
        signal?.addEventListener('abort', () => reject(signal.reason));
      }),
    uploads: { add: unexpectedly, pause: unexpectedly, resume: unexpectedly },
    call: unexpected,
    download: unexpected,
    downloadTo: unexpected,
    waitForOutcome: unexpected,
    deleteDocument: unexpected,
    restoreDocument: unexpected,
    getHistory: unexpected,
    getDocument: unexpected,
    updateDocument: unexpected,
    downloadLink: unexpected,
    head: unexpected,
    shareOnce: unexpected,
  };
  const queue = createUploadQueue(client, {
    onItems: (next) => {
      items = next;
    },
    onSettled: ({ fileName }) => told.push(`${fileName} settled`),
    onFailed: ({ file }, { sentence, canRetry }) => told.push(`${file.name} failed: ${sentence} ${canRetry}`),
    onCancelled: ({ file, status }) => told.push(`${file.name} cancelled when ${status}`),
    onUnauthenticated: () => told.push('unauthenticated'),
  });
  const runs = (name: string) => {
    const options = running.get(name);
    if (options === undefined) throw new Error(`${name} was not begun.`);
    return options;
  };
  return {
    queue,
    sent,
    told,
    runs,
    item: (name: string) => items.find(({ file }) => file.name === name),
    statuses: () => items.map(({ file, status }) => `${file.name} ${status}`),
  };
}

describe('the upload queue', () => {
  it('refuses at once what no environment takes, however long the queue is', () => {
    const { queue, sent, told, statuses } = queueThatHangs();
    queue.add(['a.pdf', 'b.pdf', 'c.pdf', 'd.pdf'].map((name) => fileOf(name)));
    queue.add([fileOf('notes.txt', 'text/plain'), fileOf('empty.pdf', 'application/pdf', '')]);
    expect(statuses().slice(3)).toEqual(['d.pdf waiting', 'notes.txt failed', 'empty.pdf failed']);
    expect(told).toEqual([
      'notes.txt failed: Files of this type are not accepted. Choose a file of type PDF, JPEG or PNG. false',
      'empty.pdf failed: The file is empty; choose a file with content. false',
    ]);
    expect(sent).toEqual(['a.pdf', 'b.pdf', 'c.pdf']);
  });

  it('begins with the next file as soon as one is sent, for its check needs nothing of this page', () => {
    const { queue, sent, runs, item } = queueThatHangs();
    queue.add(['a.pdf', 'b.pdf', 'c.pdf', 'd.pdf', 'e.pdf'].map((name) => fileOf(name)));
    const progress = { fraction: 0.5, bytesDone: 1, bytesTotal: 1 };
    runs('b.pdf').onProgress?.({ ...progress, phase: 'uploading' });
    expect(sent).toHaveLength(3);
    runs('b.pdf').onProgress?.({ ...progress, phase: 'verifying' });
    expect(sent).toEqual(['a.pdf', 'b.pdf', 'c.pdf', 'd.pdf']);
    expect(['a.pdf', 'b.pdf', 'e.pdf'].map((name) => isBeingSent(item(name) as UploadItem))).toEqual([
      true,
      false,
      false,
    ]);
    expect(item('b.pdf')?.isSlow).toBeUndefined();
    runs('b.pdf').onSlow?.({} as Document);
    expect(item('b.pdf')?.isSlow).toBe(true);
  });

  it('tells of what was cancelled and what was removed, once', () => {
    const { queue, told, statuses } = queueThatHangs();
    queue.add([fileOf('a.pdf'), fileOf('empty.pdf', 'application/pdf', '')]);
    told.length = 0;
    for (const id of [1, 2, 2, 3]) queue.cancel(id);
    expect(told).toEqual(['a.pdf cancelled when active', 'empty.pdf cancelled when failed']);
    expect(statuses()).toEqual([]);
  });
});
