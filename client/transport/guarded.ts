import { NetworkError } from '../errors.ts';
import { after, type Timing } from '../timing.ts';
import type { Transport } from './transport.ts';

/** A transfer that moved no byte for too long. */
export class StalledError extends NetworkError {
  constructor() {
    super('The transfer stood still for too long. Check the network connection and try again.');
  }
}

export interface StallContext {
  readonly timing: Timing;
  /** A transfer that moves no byte for so long is given up, and may be tried again. */
  readonly stallTimeoutMilliseconds: number;
}

/** Gives up what stands still: a connection that died silently would keep it waiting for minutes. */
export const guarded =
  ({ timing, stallTimeoutMilliseconds }: StallContext, transport: Transport): Transport =>
  async (request) => {
    const stalled = new AbortController();
    const watch = () => after(timing, stallTimeoutMilliseconds, () => stalled.abort(new StalledError()));
    let forget = watch();
    try {
      return await transport({
        ...request,
        signal: AbortSignal.any([request.signal, stalled.signal]),
        onSent: (bytesDone) => {
          forget();
          forget = watch();
          request.onSent(bytesDone);
        },
      });
    } finally {
      forget();
    }
  };
