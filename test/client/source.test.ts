import { describe, expect, it } from 'vitest';
import { sourceOf } from '../../client/source.ts';
import { fileOf, rejectionOf } from './support/with-cloud.ts';

describe('a file as a source', () => {
  it('is what the file is, and gives any part of it', async () => {
    const file = new File(['0123456789'], 'report.pdf', { type: 'application/pdf', lastModified: 7 });
    const source = sourceOf(file);
    expect(source).toMatchObject({ sizeBytes: 10, name: 'report.pdf', type: 'application/pdf', lastModified: 7 });
    expect(Buffer.from(await source.read(2, 5)).toString()).toBe('234');
    expect(await source.slice?.(2, 5).text()).toBe('234');
  });

  it('has no name where a Blob has none', () => {
    expect(sourceOf(new Blob(['x']))).toMatchObject({ sizeBytes: 1, name: '', type: '', lastModified: 0 });
  });

  it('that cannot be read says so', async () => {
    const file = fileOf(10);
    file.slice = () => Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(new DOMException('gone')) });
    expect(await rejectionOf(sourceOf(file).read(0, 5))).toMatchObject({
      reason: 'unreadable',
      message: expect.stringContaining('Choose it again'),
    });
  });

  it('that has shrunk gives no part that is too short', async () => {
    expect(await rejectionOf(sourceOf(fileOf(10)).read(5, 11))).toMatchObject({ reason: 'unreadable' });
  });

  it('is not read any more once the signal is aborted', async () => {
    const controller = new AbortController();
    const reading = sourceOf(fileOf(10)).read(0, 5, controller.signal);
    controller.abort();
    expect(await rejectionOf(reading)).toBe(controller.signal.reason);
    expect(await rejectionOf(sourceOf(fileOf(10)).read(0, 5, controller.signal))).toBe(controller.signal.reason);
  });
});
