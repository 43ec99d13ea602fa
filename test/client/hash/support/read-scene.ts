import { readInOrder } from '../../../../client/hash/read-in-order.ts';
import { fileOf } from '../../support/with-cloud.ts';

const MiB = 1024 ** 2;

export const failing = (): ReadableStream<Uint8Array<ArrayBuffer>> =>
  new ReadableStream({
    type: 'bytes',
    pull: (controller) => controller.error(new DOMException('', 'NotReadableError')),
  });

/** Reads a file by MiB, and tells where its streams begin, and how many of them were given up before their end. */
export const readScene = (sizeMiB = 40) => {
  const blob = fileOf(sizeMiB * MiB);
  const begun: number[] = [];
  const seen = { begun, cancelled: 0, next: undefined as (() => ReadableStream) | undefined };
  const slice = blob.slice.bind(blob);
  blob.slice = (start = 0, end) => {
    begun.push(start / MiB);
    const part = slice(start, end);
    const stream = part.stream.bind(part);
    part.stream = () => {
      const reader = (seen.next ?? stream)().getReader({ mode: 'byob' });
      seen.next = undefined;
      const cancel = reader.cancel.bind(reader);
      reader.cancel = (reason) => {
        seen.cancelled += 1;
        return cancel(reason);
      };
      return Object.assign(new ReadableStream(), { getReader: () => reader });
    };
    return part;
  };
  const { read, close } = readInOrder(blob);
  const readMiB = (start: number, end: number, signal?: AbortSignal) => read(start * MiB, end * MiB, signal);
  const isRead = async (start: number, end: number) => {
    const bytes = await readMiB(start, end);
    return Buffer.from(bytes).equals(Buffer.from(await slice(start * MiB, end * MiB).arrayBuffer()));
  };
  return { seen, readMiB, isRead, close };
};
