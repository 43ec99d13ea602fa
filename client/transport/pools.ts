import { NetworkError } from '../errors.ts';
import { after, type Timing } from '../timing.ts';
import type { PutAnswer, PutRequest, Transport } from './transport.ts';

/** What browsers open to one host on HTTP/1.1, which is what S3 speaks. */
export const connectionsOfPool = 6;

export interface Pools {
  readonly transport: Transport;
  /** How many connections there are now, as far as anybody knows: for what is small and may go to either name, or not. */
  readonly connections: (kind: 'small' | 'large') => number;
}

/** Which are made use of, where they are there. */
export interface UsedPools {
  readonly credentials: boolean;
  readonly dualStack: boolean;
}

interface Pool {
  /** By the bucket's other name, for requests that know it. */
  readonly isDualStack: boolean;
  readonly withCredentials: boolean;
  state: 'untried' | 'trying' | 'proven' | 'refused';
  active: number;
}

/** A network that knows nothing of the other name may swallow what goes there. */
const trialMilliseconds = 4000;

/**
 * Browsers keep the connections to each host apart, and those of requests with credentials from those without (Fetch
 * standard, "connection pools"). So there are twice as many as to one host, and four times as many for forms: no form is
 * bound to one of the two names that S3 has for a bucket. There are no credentials for S3: it sets no cookie and asks for no
 * name. It must allow them all the same (Access-Control-Allow-Credentials), which it does for origins that are named one by
 * one. A network may not let the other name through, and a policy may know only addresses of the first.
 *
 * The first requests find out, so that it is known when there are many: a pool that fails where the first one does not is
 * never tried again. What failed may have been stored; who sends it again asks for the same bytes.
 */
export function createPools(transport: Transport, timing: Timing, use: UsedPools): Pools {
  const pool = (isDualStack: boolean, withCredentials: boolean, state: Pool['state'] = 'untried'): Pool => ({
    ...{ isDualStack, withCredentials, state, active: 0 },
  });
  const first = pool(false, false, 'proven');
  const pools = [first, pool(false, true), pool(true, false), pool(true, true)].filter(
    (each) => (use.credentials || !each.withCredentials) && (use.dualStack || !each.isDualStack),
  );

  const send = async (pool: Pool, request: PutRequest): Promise<PutAnswer> => {
    pool.active += 1;
    try {
      const url = (pool.isDualStack && request.dualStackUrl) || request.url;
      return await transport({ ...request, url, withCredentials: pool.withCredentials });
    } catch (error) {
      if (pool !== first && pool.state === 'proven' && error instanceof NetworkError) pool.state = 'untried';
      throw error;
    } finally {
      pool.active -= 1;
    }
  };
  const tryOut = async (pool: Pool, request: PutRequest): Promise<PutAnswer> => {
    pool.state = 'trying';
    let found: Pool['state'] = 'untried';
    const late = new AbortController();
    const forget = pool.isDualStack ? after(timing, trialMilliseconds, () => late.abort()) : () => undefined;
    const onSent = (bytesDone: number) => {
      forget();
      // The browser asked the storage and was allowed to, which for a part is long before its answer.
      if (!pool.isDualStack) pool.state = 'proven';
      request.onSent(bytesDone);
    };
    try {
      const signal = AbortSignal.any([request.signal, late.signal]);
      const answer = await send(pool, { ...request, onSent, signal }).catch((error) => {
        const isOfPool = pool.state === 'trying' && (late.signal.aborted || error instanceof NetworkError);
        if (!isOfPool || request.signal.aborted) throw error;
      });
      if (answer !== undefined && (answer.status !== 403 || !pool.isDualStack)) {
        found = 'proven';
        return answer;
      }
      const other = await send(first, request);
      if (other.status !== 403) found = 'refused';
      return other;
    } finally {
      forget();
      if (pool.state === 'trying') pool.state = found;
    }
  };
  const open = (isNameKnown: boolean) => pools.filter(({ isDualStack }) => isNameKnown || !isDualStack);
  return {
    connections: (kind) =>
      open(kind === 'small').reduce(
        (sum, { state }) => sum + (state === 'proven' ? connectionsOfPool : Number(state === 'trying')),
        0,
      ),
    transport: (request) => {
      const some = open(request.dualStackUrl !== undefined);
      const untried = some.find(({ state }) => state === 'untried');
      if (untried !== undefined) return tryOut(untried, request);
      const isBetter = (one: Pool, other: Pool) => one.state === 'proven' && one.active < other.active;
      return send(
        some.reduce((best, each) => (isBetter(each, best) ? each : best), first),
        request,
      );
    },
  };
}
