import type { ClientOptions } from '../client-options.ts';
import { NetworkError } from '../errors.ts';
import { after, type Timing } from '../timing.ts';
import type { PutAnswer, PutRequest, Transport } from './transport.ts';

/** What browsers open to one host on HTTP/1.1, which is what S3 speaks. */
export const connectionsOfPool = 6;

export interface Pools {
  readonly transport: Transport;
  /** How many connections there are, as far as anybody knows: for what is small and may go to either name, or not. */
  readonly connections: (kind: 'small' | 'large') => number;
}

interface Pool {
  /** By the bucket's other name, for requests that know it. */
  readonly isDualStack: boolean;
  readonly withCredentials: boolean;
  state: 'untried' | 'proven' | 'refused';
  active: number;
}

/** A network that knows nothing of the other name may swallow what goes there. */
const trialMilliseconds = 4000;
/** A form that took longer says that the line is what is slow: more connections bring nothing, and a trial would be unfair. */
const quickMilliseconds = 2000;

/**
 * Browsers keep the connections to each host apart, and those of requests with credentials from those without (Fetch
 * standard, "connection pools"). So there are twice as many as to one host, and four times as many for forms: no form is
 * bound to one of the two names that S3 has for a bucket. There are no credentials for S3: it sets no cookie and asks for no
 * name. It must allow them all the same (Access-Control-Allow-Credentials), which it does for origins that are named one by
 * one. A network may not let the other name through, and a policy may know only addresses of the first.
 *
 * Forms use the others when the first is full, those to the other name once a form was quick. All else shares it with the
 * second from the start: a browser asks the storage about each (CORS preflight), without credentials, and a connection has to
 * be left for that.
 *
 * Until a pool has brought anything, what fails there goes over the first, and if that works it is never tried again. What
 * failed may have been stored; who sends it again asks for the same bytes.
 */
export function createPools(
  transport: Transport,
  timing: Timing,
  { usesCredentialPool = true, usesDualStack = true }: Pick<ClientOptions, 'usesCredentialPool' | 'usesDualStack'>,
): Pools {
  const pool = (isDualStack: boolean, withCredentials: boolean, state: Pool['state'] = 'untried'): Pool => ({
    isDualStack,
    withCredentials,
    state,
    active: 0,
  });
  const first = pool(false, false, 'proven');
  const pools = [first, pool(false, true), pool(true, false), pool(true, true)].filter(
    (each) => (usesCredentialPool || !each.withCredentials) && (usesDualStack || !each.isDualStack),
  );

  let isQuick = false;
  const send = async (pool: Pool, request: PutRequest): Promise<PutAnswer> => {
    const { url, dualStackUrl } = request;
    const { isDualStack, withCredentials } = pool;
    const begunAt = timing.now();
    pool.active += 1;
    try {
      const answer = await transport({ ...request, url: (isDualStack && dualStackUrl) || url, withCredentials });
      isQuick ||= dualStackUrl !== undefined && timing.now() - begunAt <= quickMilliseconds;
      return answer;
    } finally {
      pool.active -= 1;
    }
  };
  const sendByProven = (pool: Pool, request: PutRequest): Promise<PutAnswer> =>
    send(pool, request).catch((error) => {
      if (pool !== first && error instanceof NetworkError) pool.state = 'untried';
      throw error;
    });
  const tryOut = async (pool: Pool, request: PutRequest): Promise<PutAnswer> => {
    let isUnderWay = false;
    const late = new AbortController();
    const forget = pool.isDualStack ? after(timing, trialMilliseconds, () => late.abort()) : () => undefined;
    const onSent = (bytesDone: number) => {
      forget();
      isUnderWay = true;
      // The browser asked the storage and was allowed to, which for a part is long before its answer.
      if (!pool.isDualStack) pool.state = 'proven';
      request.onSent(bytesDone);
    };
    try {
      const signal = AbortSignal.any([request.signal, late.signal]);
      const answer = await send(pool, { ...request, onSent, signal });
      if (answer.status !== 403 || !pool.isDualStack) {
        pool.state = 'proven';
        return answer;
      }
    } catch (error) {
      if (isUnderWay) pool.state = 'untried';
      const isOfPool = !isUnderWay && (late.signal.aborted || error instanceof NetworkError);
      if (!isOfPool || request.signal.aborted) throw error;
    } finally {
      forget();
    }
    const answer = await send(first, request);
    if (answer.status !== 403 && pool.state === 'untried') pool.state = 'refused';
    return answer;
  };
  const open = (isForm: boolean) =>
    pools.filter(({ isDualStack, state }) => ((isForm && isQuick) || !isDualStack) && state !== 'refused');
  return {
    connections: (kind) => open(kind === 'small').length * connectionsOfPool,
    transport: (request) => {
      const isForm = request.dualStackUrl !== undefined;
      const some = open(isForm);
      const least = some.reduce((best, each) => (each.active < best.active ? each : best));
      const pool = isForm ? (some.find(({ active }) => active < connectionsOfPool) ?? least) : least;
      return pool.state === 'proven' ? sendByProven(pool, request) : tryOut(pool, request);
    },
  };
}
