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

  it('is read where blobs are no byte streams yet', async () => {
    const file = fileOf(200_000);
    const bytes = new Uint8Array(await file.arrayBuffer()).slice(5, 150_000);
    file.slice = () => {
      const chunks = [bytes.slice(0, 100_000), bytes.slice(100_000)];
      const pull = (controller: ReadableStreamDefaultController) => {
        const chunk = chunks.shift();
        if (chunk === undefined) controller.close();
        else controller.enqueue(chunk);
      };
      return Object.assign(new Blob([bytes]), { stream: () => new ReadableStream({ pull }) });
    };
    expect(Buffer.from(await sourceOf(file).read(5, 150_000)).equals(bytes)).toBe(true);
  });

  it('reads into memory that was given back, where all of it is wanted', async () => {
    const file = fileOf(300_001);
    const whole = Buffer.from(await file.arrayBuffer());
    const source = sourceOf(file);
    const first = await source.read(0, 100_001);
    source.release?.(first);
    const second = await source.read(100_000, 200_001);
    expect(first.byteLength).toBe(0);
    expect(Buffer.from(second).equals(whole.subarray(100_000, 200_001))).toBe(true);
    source.release?.(second);
    const other = await source.read(200_001, 300_001);
    expect(other.buffer.byteLength).toBe(100_000);
    expect(second.byteLength).toBe(100_001);
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
