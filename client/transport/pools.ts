import { NetworkError } from '../errors.ts';
import type { PutRequest, Transport } from './transport.ts';

/** What browsers open to one host on HTTP/1.1, which is what S3 speaks. */
export const connectionsOfPool = 6;

export interface Pools {
  readonly transport: Transport;
  /** How many connections there are now, as far as anybody knows. */
  readonly connections: () => number;
}

/**
 * Browsers keep the connections of requests with credentials apart from those without (Fetch standard, "connection pools"),
 * so there are twice as many. There are no credentials for S3: it sets no cookie and asks for no name. It must allow them
 * all the same (Access-Control-Allow-Credentials), which it does for origins that are named one by one.
 *
 * Whether it does the first request finds out, so that it is known when there are many: where the browser refuses that, and the same without them is answered, it is
 * never asked again. What was refused may have been stored; who sends it again asks for the same bytes.
 */
export function bothPools(transport: Transport): Pools {
  let second: 'untried' | 'trying' | 'proven' | 'refused' = 'untried';
  const active = { first: 0, second: 0 };

  const send = async (request: PutRequest, pool: 'first' | 'second') => {
    active[pool] += 1;
    try {
      return await transport({ ...request, withCredentials: pool === 'second' });
    } finally {
      active[pool] -= 1;
    }
  };
  /** Bytes are under way when the browser has asked the storage and was allowed to, which for a part is long before its answer. */
  const proving = (request: PutRequest) => (bytesDone: number) => {
    second = 'proven';
    request.onSent(bytesDone);
  };
  const tryOut = async (request: PutRequest) => {
    second = 'trying';
    try {
      const answer = await send({ ...request, onSent: proving(request) }, 'second');
      second = 'proven';
      return answer;
    } catch (error) {
      if (second === 'proven') throw error;
      second = 'untried';
      if (!(error instanceof NetworkError)) throw error;
      const answer = await send(request, 'first');
      second = 'refused';
      return answer;
    }
  };
  return {
    connections: () => (second === 'proven' ? 2 : 1) * connectionsOfPool,
    transport: (request) => {
      if (second === 'untried') return tryOut(request);
      return send(request, second === 'proven' && active.second < active.first ? 'second' : 'first');
    },
  };
}
