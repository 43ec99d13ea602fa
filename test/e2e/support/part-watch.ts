import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect } from 'vitest';
import type { LargeFile } from './large-file.ts';

/** A part that the S3 of this process took. */
export interface AcceptedPart {
  readonly uploadId: string;
  readonly partNumber: number;
}

export interface PartWatch extends Disposable {
  /** As of now, those included whose answer nobody was left to hear. */
  readonly accepted: readonly AcceptedPart[];
  /** Resolves as soon as there are so many. */
  until(count: number): Promise<void>;
}

interface Sending {
  readonly part: AcceptedPart;
  readonly response: ServerResponse;
}

const channel = 'http.server.request.start';
/** No status of HTTP. */
const undecided = 0;

/** Every part arrived, and none of them twice, whether or not the page heard of it. */
export function expectSentOnce({ accepted }: PartWatch, { partsCount }: LargeFile): void {
  expect(new Set(accepted.map(({ uploadId }) => uploadId)).size).toBe(1);
  expect(accepted.map(({ partNumber }) => partNumber).toSorted((one, other) => one - other)).toEqual(
    Array.from({ length: partsCount }, (_, index) => index + 1),
  );
}

/** Counts the parts that S3 did not refuse. Neither the page nor the S3 knows. */
export function watchParts(): PartWatch {
  const sendings: Sending[] = [];
  const waiting = new Set<{ readonly count: number; readonly resolve: () => void }>();
  const accepted = () => sendings.filter(({ response }) => response.statusCode === 200).map(({ part }) => part);
  const watch = (message: unknown) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const { searchParams } = new URL(request.url ?? '/', 'http://s3');
    const partNumber = Number(searchParams.get('partNumber'));
    if (request.method !== 'PUT' || partNumber === 0) return;
    response.statusCode = undecided;
    sendings.push({ response, part: { partNumber, uploadId: searchParams.get('uploadId') ?? '' } });
    response.once('close', wake);
  };
  const wake = () => {
    const { length } = accepted();
    for (const one of waiting) {
      if (length < one.count) continue;
      waiting.delete(one);
      one.resolve();
    }
  };
  subscribe(channel, watch);
  return {
    get accepted() {
      return accepted();
    },
    until: (count) =>
      new Promise((resolve) => {
        waiting.add({ count, resolve });
        wake();
      }),
    [Symbol.dispose]: () => unsubscribe(channel, watch),
  };
}
