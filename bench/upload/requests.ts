import { uploadOnce, type Visit } from './visit.ts';

interface Sent {
  /** `POST to the API`, `OPTIONS to S3` … */
  readonly what: string;
  readonly atMs: number;
}

/** The part of the event that is read; preflights have one too. */
interface RequestWillBeSent {
  readonly request: { readonly method: string; readonly url: string };
  /** Seconds since 1970. */
  readonly wallTime: number;
}

/** Uploads once and says what was sent until S3 had accepted everything, preflights included. */
export const countRequests = async (visit: Visit): Promise<string> => {
  const api = new URL(visit.url).origin;
  const sent: Sent[] = [];
  const { begunAtMs, acceptedMs } = await uploadOnce({
    ...visit,
    watch: async (devTools) => {
      devTools.on<RequestWillBeSent>('Network.requestWillBeSent', ({ request, wallTime }) => {
        const to = new URL(request.url).origin === api ? 'the API' : 'S3';
        sent.push({ what: `${request.method} to ${to}`, atMs: wallTime * 1000 });
      });
      await devTools.send('Network.enable', { maxPostDataSize: 0 });
    },
  });
  return tallyOf(sent.filter(({ atMs }) => atMs <= begunAtMs + acceptedMs).map(({ what }) => what));
};

/** `3 POST to the API, 200 PUT to S3` */
export const tallyOf = (things: readonly string[]): string =>
  Object.entries(Object.groupBy(things, (thing) => thing))
    .map(([thing, same = []]) => `${same.length} ${thing}`)
    .join(', ');
