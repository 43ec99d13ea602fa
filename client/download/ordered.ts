import type { Range } from './fetch-bytes.ts';
import type { Chunks } from './range-chunks.ts';

/** From this size on a file comes by several requests: one connection of S3 gives some 90 MB/s at best. */
const rangesFromSizeBytes = 16 * 1024 ** 2;
const rangeSizeBytes = 8 * 1024 ** 2;
/** Two less than the connections that a browser opens to one host, for others that want something. */
const rangesAtOnce = 4;

export interface OrderedOptions {
  readonly start: number;
  readonly sizeBytes: number;
  readonly open: (range: Range) => Chunks;
  /** Whether to ask for ranges at all; looked at before each. */
  readonly takesRanges: () => boolean;
}

/**
 * All bytes from `start` on, in their order, though several ranges come at once. Those that are not yet wanted are held,
 * four times 8 MiB at most, so a target needs no positions and nothing has a hole when it breaks off.
 */
export async function* orderedChunks(options: OrderedOptions): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const { start, sizeBytes, open, takesRanges } = options;
  const atOnce = sizeBytes - start < rangesFromSizeBytes ? 1 : rangesAtOnce;
  const running: ReadableStreamDefaultReader<Step>[] = [];
  let next = start;
  const openMore = () => {
    while (running.length < atOnce && next < sizeBytes) {
      const end = atOnce === 1 || !takesRanges() ? sizeBytes : Math.min(next + rangeSizeBytes, sizeBytes);
      running.push(readAhead(open({ start: next, end, sizeBytes })).getReader());
      next = end;
    }
  };
  for (openMore(); running.length > 0; openMore()) {
    for (;;) {
      const { done, value } = (await running[0]?.read()) ?? { done: true };
      if (done) break;
      if ('error' in value) throw value.error;
      yield value.bytes;
    }
    running.shift();
  }
}

type Step = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly error: unknown };

/**
 * Fetches on while nobody reads, until a range is held. A failure stands in the line behind the bytes that came before it:
 * a stream that is told of an error drops what it holds (Streams standard, "ReadableStreamDefaultControllerError").
 */
const readAhead = (chunks: Chunks): ReadableStream<Step> =>
  new ReadableStream<Step>(
    {
      async pull(controller) {
        try {
          const bytes = await chunks.next();
          if (bytes === undefined) controller.close();
          else controller.enqueue({ bytes });
        } catch (error) {
          controller.enqueue({ error });
          controller.close();
        }
      },
    },
    { highWaterMark: rangeSizeBytes, size: (step) => ('bytes' in step ? step.bytes.byteLength : 0) },
  );
