import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOf, without } from './support/oracle.ts';
import { drawBy } from './support/random.ts';
import { drawRequest, type FuzzRequest, type UppyUpload } from './support/requests.ts';
import { routeNames, routeOf, startWorld, type World } from './support/world.ts';

/**
 * Every route through its real handler, use case and adapters, over an emulated table. `FUZZ_SEED` begins elsewhere,
 * `FUZZ_REQUESTS` sends more or fewer, `FUZZ_ONLY` sends the one request of that number.
 */
const seed = Number(process.env.FUZZ_SEED ?? 20_261_127);
const count = Number(process.env.FUZZ_REQUESTS ?? 20_000);
const only = process.env.FUZZ_ONLY === undefined ? undefined : Number(process.env.FUZZ_ONLY);

/** Credentials are given to nobody. */
const alwaysRefused: readonly string[] = ['companionCredentials', 'tokenCompanionCredentials'];

/** At once; more would only wait for the one emulator. */
const senders = 8;

let world: World;
beforeAll(async () => {
  world = await startWorld();
}, 120_000);
afterAll(() => world.close());

const given = {
  cursors: [] as string[],
  tokens: [] as string[],
  uploads: [] as string[],
  uppy: [] as UppyUpload[],
  uploadTokens: [] as string[],
};

const remember = (body: string): void => {
  const [, cursor] = /"nextCursor":"([^"]+)"/.exec(body) ?? [];
  const [, token] = /\/v1\/links\/([^"/]+)"/.exec(body) ?? [];
  const [, upload] = /^\{"document":\{"id":"([^"]+)".*"kind":"multipart"/.exec(body) ?? [];
  const [, key, uploadId] = /^\{"key":"([^"]+)","uploadId":"([^"]+)","bucket"/.exec(body) ?? [];
  const [, uploadToken] = /\/u\/([^"/]+)"/.exec(body) ?? [];
  if (key !== undefined && given.uppy.push({ key, uploadId: uploadId ?? '' }) > 50) given.uppy.shift();
  if (uploadToken !== undefined && given.uploadTokens.push(uploadToken) > 50) given.uploadTokens.shift();
  if (upload !== undefined && given.uploads.push(upload) > 50) given.uploads.shift();
  if (cursor !== undefined && given.cursors.push(cursor) > 50) given.cursors.shift();
  if (token !== undefined && given.tokens.push(token) > 50) given.tokens.shift();
};

const originOf = ({ event }: FuzzRequest): string | undefined =>
  (event as { headers: Record<string, string> }).headers.Origin;

/** The same request for this document, without its key: a key belongs to one document. */
const forDocument = ({ event }: FuzzRequest, documentId: string): object => {
  const { headers, pathParameters, ...rest } = event as Record<'headers' | 'pathParameters', Record<string, string>>;
  const { 'Idempotency-Key': _key, ...others } = headers;
  return { ...rest, headers: others, pathParameters: { ...pathParameters, documentId } };
};

/** Whether the document is one that the caller may not know of: of another tenant, or of another patient. */
const isHidden = ({ event, documentId = '' }: FuzzRequest): boolean => {
  const { authorizer } = (event as { requestContext: { authorizer?: { tenantId?: string; roles?: string } } })
    .requestContext;
  const isOfTenant = authorizer?.tenantId === 'north-clinic';
  return (
    (world.ids.foreign.includes(documentId) && authorizer?.tenantId !== 'south-clinic') ||
    (world.ids.colleague.includes(documentId) && isOfTenant && authorizer.roles === 'patient')
  );
};

interface Tally {
  readonly failures: string[];
  readonly statuses: Map<string, number>;
  compared: number;
}

const sendOne = async (number: number, tally: Tally): Promise<void> => {
  const request = drawRequest(world, given, drawBy(seed + number));
  const told = () =>
    `Replay with FUZZ_SEED=${seed} FUZZ_ONLY=${number}: ${request.route} ${JSON.stringify(request.event).slice(0, 800)}`;
  const answer = await world.serve(request.route, request.event);
  remember(answer.body);
  const key = `${request.route} ${answer.statusCode}`;
  tally.statuses.set(key, (tally.statuses.get(key) ?? 0) + 1);
  const faults = faultsOf(routeOf(request.route), originOf(request), answer);
  if (faults.length > 0)
    tally.failures.push(`${answer.statusCode} ${faults.join(', ')}. ${told()} → ${answer.body.slice(0, 500)}`);
  if (request.documentId === undefined || !isHidden(request)) return;
  tally.compared += 1;
  const foreign = await world.serve(request.route, forDocument(request, request.documentId));
  const missing = await world.serve(request.route, forDocument(request, world.missing()));
  if (without(foreign) !== without(missing))
    tally.failures.push(`A foreign document is not answered as a missing one. ${told()}`);
};

describe('every route, whatever is sent', () => {
  it(`answers ${count} requests by its contract, tells nothing, and of foreign documents no more than of missing ones`, async () => {
    const tally: Tally = { failures: [], statuses: new Map(), compared: 0 };
    const numbers = (only === undefined ? Array.from({ length: count }, (_, index) => index) : [only]).values();
    const send = async () => {
      for (const number of numbers) await sendOne(number, tally);
    };
    await Promise.all(Array.from({ length: senders }, send));

    expect(tally.failures.slice(0, 5)).toEqual([]);
    if (only !== undefined) return;
    // The fuzz got somewhere: each route was asked in vain and served well.
    for (const name of routeNames) {
      const seen = [...tally.statuses.keys()].filter((key) => key.startsWith(`${name} `));
      expect([name, seen.some((key) => / [23]/.test(key))]).toEqual([name, !alwaysRefused.includes(name)]);
      if (!routeOf(name).isPublic) expect([name, seen.some((key) => / 4/.test(key))]).toEqual([name, true]);
    }
    expect(tally.compared).toBeGreaterThan(count / 200);
  }, 600_000);
});
