import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A part that the S3 of this process took. */
export interface AcceptedPart {
  readonly uploadId: string;
  readonly partNumber: number;
}

export interface PartWatch extends Disposable {
  /** In the order in which S3 said so. */
  readonly accepted: readonly AcceptedPart[];
  /** Resolves as soon as there are so many. */
  until(count: number): Promise<void>;
}

const channel = 'http.server.request.start';

/** Counts the parts that S3 got all of and did not refuse. Neither the page nor the S3 knows. */
export function watchParts(): PartWatch {
  const accepted: AcceptedPart[] = [];
  const waiting = new Set<{ readonly count: number; readonly resolve: () => void }>();
  const watch = (message: unknown) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const { searchParams } = new URL(request.url ?? '/', 'http://s3');
    const partNumber = Number(searchParams.get('partNumber'));
    if (request.method !== 'PUT' || partNumber === 0) return;
    // Of what arrived when nobody was left to hear it no answer is written, and 200 stands.
    response.once('close', () => {
      if (request.complete && response.statusCode === 200)
        take({ partNumber, uploadId: searchParams.get('uploadId') ?? '' });
    });
  };
  const take = (part: AcceptedPart) => {
    accepted.push(part);
    for (const one of waiting) {
      if (accepted.length < one.count) continue;
      waiting.delete(one);
      one.resolve();
    }
  };
  subscribe(channel, watch);
  return {
    accepted,
    until: (count) =>
      new Promise((resolve) => {
        if (accepted.length >= count) resolve();
        else waiting.add({ count, resolve });
      }),
    [Symbol.dispose]: () => unsubscribe(channel, watch),
  };
}
