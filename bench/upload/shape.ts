import type { Socket } from 'node:net';
import type { Pace } from './pace.ts';

/** What may be under way on a link beyond what its speed allows: what a router would hold back. */
const queueMs = 20;

/** Hands on what comes, in order, each piece when the last byte of it would have arrived; takes no more than that. */
export function shape(from: Socket, to: Socket, paces: readonly Pace[], delayMs: number): void {
  const pieces: { readonly at: number; readonly bytes: Buffer | undefined }[] = [];
  let timer: NodeJS.Timeout | undefined;
  let departed = 0;
  /** The receiver takes no more for now. */
  let isFull = false;
  /** The sender is ahead of what the link can do. */
  let isAhead = false;

  const flow = (): void => void (isFull || isAhead ? from.pause() : from.resume());
  const deliver = (): void => {
    timer = undefined;
    for (let next = pieces[0]; !isFull && next !== undefined && next.at <= performance.now(); next = pieces[0]) {
      pieces.shift();
      if (next.bytes === undefined) to.end();
      else if (to.writable) isFull = !to.write(next.bytes);
    }
    if (isFull) to.once('drain', goOn);
    else if (pieces[0] !== undefined) wait(pieces[0].at);
    flow();
  };
  const goOn = (): void => {
    isFull = false;
    deliver();
  };
  const wait = (until: number): void => {
    timer ??= setTimeout(deliver, Math.max(0, until - performance.now()));
  };
  const add = (bytes?: Buffer): void => {
    const now = performance.now();
    departed = Math.max(departed, ...paces.map((pace) => pace(bytes?.length ?? 0, now)));
    pieces.push({ at: departed + delayMs, bytes });
    if (!isFull) wait(departed + delayMs);
    if (isAhead || departed - now <= queueMs) return;
    isAhead = true;
    flow();
    setTimeout(
      () => {
        isAhead = false;
        flow();
      },
      departed - now - queueMs / 2,
    );
  };
  from.on('data', add).once('end', () => add());
  from.once('close', () => clearTimeout(timer));
}
