import { describe, expect, it } from 'vitest';
import {
  FileError,
  NetworkError,
  type UploadHandle,
  type UploadOptions,
  type UploadState,
} from '../../../client/index.ts';
import type { Document } from '../../../contract/schemas/document.ts';
import { createUploadQueue, isOnItsWay, type UploadItem } from '../../../web/src/uploads/upload-queue.ts';

const fileOf = (name: string, type = 'application/pdf', content = 'x') => new File([content], name, { type });

/** An upload that does what the test says. */
function fakeUpload(options: UploadOptions) {
  const { promise: done, resolve, reject } = Promise.withResolvers<Document>();
  const upload = { state: 'waiting' as UploadState, options, resolve, reject };
  const handle: UploadHandle = {
    done,
    get state() {
      return upload.state;
    },
    pause: () => {
      upload.state = 'paused';
    },
    resume: () => {
      upload.state = 'waiting';
    },
    cancel: async () => {
      upload.state = 'cancelled';
      reject(new DOMException('Cancelled.', 'AbortError'));
    },
  };
  options.signal?.addEventListener('abort', () => {
    upload.state = 'cancelled';
    reject(options.signal?.reason);
  });
  return { upload, handle };
}

function queueOfFakes() {
  const uploads = new Map<string, ReturnType<typeof fakeUpload>['upload']>();
  const told: string[] = [];
  let items: readonly UploadItem[] = [];
  const unexpectedly = () => {
    throw new Error('Not part of this test.');
  };
  const add = (file: unknown, options: UploadOptions = {}) => {
    const { upload, handle } = fakeUpload(options);
    uploads.set(file instanceof File ? file.name : '', upload);
    return handle;
  };
  const client = { uploads: { add, pause: unexpectedly, resume: unexpectedly } };
  const queue = createUploadQueue(client, {
    onItems: (next) => {
      items = next;
    },
    onSettled: ({ fileName }) => told.push(`${fileName} settled`),
    onFailed: ({ file }, { sentence, canRetry }) => told.push(`${file.name} failed: ${sentence} ${canRetry}`),
    onCancelled: ({ file, status }) => told.push(`${file.name} cancelled when ${status}`),
    onUnauthenticated: () => told.push('unauthenticated'),
  });
  const of = (name: string) => {
    const upload = uploads.get(name);
    if (upload === undefined) throw new Error(`${name} was not begun.`);
    return upload;
  };
  const report = (name: string, phase: 'uploading' | 'verifying') =>
    of(name).options.onProgress?.({ phase, fraction: 0.5, bytesDone: 1, bytesTotal: 1 });
  const statuses = () => items.map(({ file, status }) => `${file.name} ${status}`);
  return { queue, told, uploads, of, report, statuses, items: () => items };
}

const flush = () => new Promise((resolve) => setTimeout(resolve));

describe('the upload queue', () => {
  it('refuses at once what is not taken, and begins with everything else', () => {
    const { queue, uploads, told, statuses } = queueOfFakes();
    queue.add([fileOf('a.pdf'), fileOf('notes.txt', 'text/plain'), fileOf('empty.pdf', 'application/pdf', '')]);
    queue.add([fileOf('b.pdf')], { refusalOf: () => new FileError('too-large', 'Too large.') });
    expect(statuses()).toEqual(['a.pdf waiting', 'notes.txt failed', 'empty.pdf failed', 'b.pdf failed']);
    expect(told.slice(0, 2)).toEqual([
      'notes.txt failed: Files of this type are not accepted. Choose a file of type PDF, JPEG or PNG. false',
      'empty.pdf failed: The file is empty; choose a file with content. false',
    ]);
    expect([...uploads.keys()]).toEqual(['a.pdf']);
  });

  it('is through with a file for the page as soon as all is sent', () => {
    const { queue, of, report, items } = queueOfFakes();
    queue.add([fileOf('a.pdf')]);
    of('a.pdf').state = 'active';
    report('a.pdf', 'uploading');
    expect(items().map(({ status }) => status)).toEqual(['active']);
    expect(items().every(isOnItsWay)).toBe(true);
    report('a.pdf', 'verifying');
    expect(items().some(isOnItsWay)).toBe(false);
    of('a.pdf').options.onSlow?.({} as Document);
    expect(items()[0]?.isSlow).toBe(true);
  });

  it('pauses one or all that are on their way, and lets them go on', () => {
    const { queue, of, report, statuses } = queueOfFakes();
    queue.add(['a.pdf', 'b.pdf', 'sent.pdf'].map((name) => fileOf(name)));
    of('sent.pdf').state = 'active';
    report('sent.pdf', 'verifying');
    queue.pause(1);
    // What was on the wire already is still reported.
    report('a.pdf', 'uploading');
    expect(statuses()).toEqual(['a.pdf paused', 'b.pdf waiting', 'sent.pdf active']);
    queue.pauseAll();
    queue.add([fileOf('later.pdf')]);
    expect(statuses()).toEqual(['a.pdf paused', 'b.pdf paused', 'sent.pdf active', 'later.pdf waiting']);
    queue.resume(1);
    expect(of('a.pdf').state).toBe('waiting');
    queue.resumeAll();
    expect(statuses()).toEqual(['a.pdf waiting', 'b.pdf waiting', 'sent.pdf active', 'later.pdf waiting']);
  });

  it('tells of what was cancelled and what was removed, once, and gives the upload up', async () => {
    const { queue, told, of, statuses } = queueOfFakes();
    queue.add([fileOf('a.pdf'), fileOf('empty.pdf', 'application/pdf', '')]);
    told.length = 0;
    for (const id of [1, 2, 2, 3]) queue.cancel(id);
    await flush();
    expect(told).toEqual(['a.pdf cancelled when waiting', 'empty.pdf cancelled when failed']);
    expect(of('a.pdf').state).toBe('cancelled');
    expect(statuses()).toEqual([]);
  });

  it('tells how files ended, and tries those that failed again', async () => {
    const { queue, told, of, statuses } = queueOfFakes();
    queue.add([fileOf('a.pdf'), fileOf('b.pdf')]);
    const { reject } = of('b.pdf');
    of('a.pdf').resolve({ fileName: 'a.pdf' } as Document);
    reject(new NetworkError('The connection was lost.'));
    await flush();
    expect(told).toEqual(['a.pdf settled', 'b.pdf failed: The connection was lost. true']);
    queue.retry(2);
    expect(statuses()).toEqual(['b.pdf waiting']);
    of('b.pdf').resolve({ fileName: 'b.pdf' } as Document);
    await flush();
    expect(told.at(-1)).toBe('b.pdf settled');
  });

  it('stops everything without giving it up when it is closed, and says nothing more', async () => {
    const { queue, told, of, statuses } = queueOfFakes();
    queue.add([fileOf('a.pdf')]);
    queue.close();
    await flush();
    expect(of('a.pdf').options.signal?.aborted).toBe(true);
    expect([told, statuses()]).toEqual([[], []]);
  });
});
