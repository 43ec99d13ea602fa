import type { Timing } from '../timing.ts';
import { StalledError } from '../transport/guarded.ts';
import type { PutAnswer, Transport } from '../transport/transport.ts';
import type { Limiter } from './limiter.ts';
import type { Throughput } from './throughput.ts';

interface Meters {
  readonly limiter: Limiter;
  readonly throughput: Throughput;
  /** There may be more at once now. */
  readonly wake: () => void;
  readonly timing: Timing;
}

const sizeOf = (body: Blob | Uint8Array): number => (body instanceof Blob ? body.size : body.byteLength);

/** 503 SlowDown, 500, 429, and 400 RequestTimeout, S3's word for a connection that stands still. */
const isTrouble = ({ status, body }: PutAnswer): boolean =>
  status >= 500 || status === 429 || body.includes('<Code>RequestTimeout</Code>');

/** Tells the meters how a transfer goes. */
export const metered =
  ({ limiter, throughput, wake, timing }: Meters, transport: Transport): Transport =>
  async (request) => {
    const begunAt = timing.now();
    let counted = 0;
    const count = (bytesDone: number) => {
      if (bytesDone <= counted) return;
      const now = timing.now();
      limiter.onBytes(bytesDone - counted, now);
      throughput.add(bytesDone - counted, now);
      counted = bytesDone;
      wake();
    };
    try {
      const answer = await transport({
        ...request,
        onSent: (bytesDone) => {
          count(bytesDone);
          request.onSent(bytesDone);
        },
      });
      if (isTrouble(answer)) limiter.onTrouble(begunAt, timing.now());
      else if (answer.status < 300) count(sizeOf(request.body));
      return answer;
    } catch (error) {
      if (error instanceof StalledError) limiter.onTrouble(begunAt, timing.now());
      throw error;
    }
  };
