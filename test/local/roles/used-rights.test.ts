import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findPerson } from '../../../local/identity/people.ts';
import type { Rights } from '../../../local/roles/rights.ts';
import { type Api, apiOf } from '../../support/api.ts';
import { shiftedClock } from '../../support/clock.ts';
import { startTestCloud, type TestCloud } from '../../support/cloud.ts';
import { removeVersion } from '../../support/object-versions.ts';
import { makePdf } from '../../support/scanned-files.ts';
import { clearFaults, walkInParts } from './support/journey-in-parts.ts';
import { type Arrived, placeOf, tellOfScan, tellOfUpload } from './support/messages.ts';
import { recording, rightsOf } from './support/rights.ts';
import { walkByForm, walkByTransfer } from './support/walk-by-form.ts';
import { walkByLinks } from './support/walk-by-links.ts';
import { walkByToken } from './support/walk-by-token.ts';

const hourMs = 3_600_000;
const clock = shiftedClock();

/** Rights that a life in the local cloud does not use, and why. Any other that is never used is one too many. */
const unused: readonly (readonly [right: RegExp, why: string])[] = [
  [/ logs:/, 'the logs of functions are files in the data folder, which Lambda here writes under no role'],
  [/ secretsmanager:/, 'needed every five minutes and every 90 days: test/local/secrets/rights.test.ts'],
  [
    /^(request-uploads?|request-form|companion) TakeQuotas dynamodb:GetItem$/,
    'needed where a quota is exceeded: that takes a thousand declarations',
  ],
];

const used = new Set<string>();
let isLife = true;
const record = recording((right) => void (isLife && used.add(right)));
let rights: Rights | undefined;
let cloud: TestCloud;
let patient: Api;

const signIn = async () => {
  patient = await apiOf(cloud, 'patient-north');
};

beforeAll(async () => {
  cloud = await startTestCloud({
    clock,
    control: { port: 0 },
    rights: (planned) => {
      rights ??= record(planned);
      return rights;
    },
  });
  await signIn();
}, 120_000);
afterAll(() => cloud.close());

const passTime = async (milliseconds: number): Promise<void> => {
  clock.advance(milliseconds);
  cloud.wake();
  await cloud.settled();
  await signIn();
};

const dropEvents = async (count: number): Promise<void> => {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ kind: 'drop-events', count });
  const { status } = await fetch(`${cloud.s3ControlOrigin}/_control/faults`, { method: 'POST', headers, body });
  expect(status).toBe(201);
};

/** Uploads, and tells where the object is. */
const arrive = async (content: Uint8Array): Promise<Arrived> => {
  const instruction = await patient.declare(content);
  const { status, headers } = await patient.put(instruction, content);
  expect(status).toBe(200);
  return { ...placeOf(instruction), versionId: headers.get('x-amz-version-id') ?? '' };
};

/** As a client does whose answers are lost. */
const declareTwice = async (): Promise<void> => {
  const content = await makePdf();
  const declareByKey = () => patient.declare(content, 'a.pdf', 'application/pdf', { 'Idempotency-Key': 'a-key' });
  const [first, second] = [await declareByKey(), await declareByKey()];
  expect(second.document).toEqual(first.document);
};

const arriveSafely = async (): Promise<Arrived> => {
  const arrived = await arrive(await makePdf());
  expect(await patient.settle(arrived.id)).toMatchObject({ state: 'available' });
  return arrived;
};

const ask = async (method: string, path: string, init: RequestInit = {}): Promise<void> => {
  const { status, text } = await patient.call(path, { ...init, method });
  expect([status, text]).toEqual([200, text]);
};

const nora = findPerson('patient-north')?.subjectId;

const describe = (id: string, metadata: object): Promise<void> =>
  ask('PATCH', `/v1/documents/${id}`, {
    headers: { 'Content-Type': 'application/json', 'If-Match': '*' },
    body: JSON.stringify(metadata),
  });

/** The second time the link is used up, which has to be looked at. */
const shareOnce = async (id: string): Promise<void> => {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': `share-${id}` };
  const make = () => patient.call(`/v1/documents/${id}/links`, { method: 'POST', headers, body: '{}' });
  await make();
  const { text } = await make();
  const { url } = JSON.parse(text);
  expect((await fetch(url)).status).toBe(200);
  expect((await fetch(url)).status).toBe(410);
};

/** What a person does with a document that is there. */
const useDocument = async (id: string): Promise<void> => {
  await ask('GET', '/v1/documents');
  await ask('GET', '/v1/me/documents');
  expect((await (await apiOf(cloud, 'clinician-north')).call('/v1/documents')).status).toBe(200);
  await ask('HEAD', `/v1/documents/${id}`);
  await patient.download(id);
  await shareOnce(id);
  await describe(id, { title: 'Letter' });
  await describe(id, { subject: { type: 'patient', id: nora } });
  await ask('GET', `/v1/subjects/patient/${nora}/documents`);
  await ask('DELETE', `/v1/documents/${id}`);
  for (const _time of [1, 2])
    await ask('POST', `/v1/documents/${id}/restore`, { headers: { 'Idempotency-Key': `restore-${id}` } });
  await ask('GET', `/v1/documents/${id}/history`);
  await ask('GET', '/v1/settings');
  const clinician = await apiOf(cloud, 'clinician-north');
  expect((await clinician.call('/v1/storage/status')).status).toBe(200);
};

it('every right that the template gives is used by a life with all that can happen in it', async () => {
  await declareTwice();
  const first = await arriveSafely();
  await useDocument(first.id);
  await tellOfUpload(cloud, first);

  const rejected = await arrive(randomBytes(500));
  expect(await patient.settle(rejected.id)).toMatchObject({ state: 'rejected' });
  await tellOfUpload(cloud, { ...first, ...placeOf(await patient.declare(await makePdf())) });

  // A scanner finds later what it did not know before, and says it twice.
  const condemned = await arriveSafely();
  await tellOfScan(cloud, condemned, 'THREATS_FOUND');
  expect(await patient.get(condemned.id)).toMatchObject({ state: 'rejected' });
  await tellOfScan(cloud, condemned, 'THREATS_FOUND');

  // Bytes that are gone though the record knows nothing of it.
  const gone = await arriveSafely();
  isLife = false;
  await removeVersion(cloud, clock, gone);
  isLife = true;
  await tellOfScan(cloud, gone, 'NO_THREATS_FOUND');
  await ask('DELETE', `/v1/documents/${gone.id}`);
  await ask('POST', `/v1/documents/${gone.id}/restore`);

  const handled = async (id: string) => void (await patient.settle(id));
  await walkInParts({ cloud, api: () => patient, at: () => undefined, handled });
  await clearFaults(cloud);
  const way = { api: patient, at: () => undefined, loseEvents: () => dropEvents(1) };
  await walkByForm(way);
  await walkByTransfer(patient);
  await walkByLinks(way);
  await walkByToken(way);
  await clearFaults(cloud);

  await dropEvents(4);
  const lost = await arrive(await makePdf());
  const wrong = await arrive(randomBytes(500));
  await passTime(2 * hourMs);
  expect(await patient.settle(lost.id)).toMatchObject({ state: 'available' });
  expect(await patient.get(wrong.id)).toMatchObject({ state: 'rejected' });
  await ask('DELETE', `/v1/documents/${lost.id}`);
  await passTime(hourMs);
  await passTime(91 * 24 * hourMs);
  expect(await patient.get(lost.id)).toMatchObject({ state: 'purged' });

  const given = rightsOf(cloud.template).map(({ roleName, sid, action }) => `${roleName} ${sid} ${action}`);
  const idle = given.filter((right) => !used.has(right)).map((right) => right.replace(/^sealdrop-local-/, ''));
  expect(idle.filter((right) => !unused.some(([excused]) => excused.test(right)))).toEqual([]);
  expect(unused.filter(([excused]) => !idle.some((right) => excused.test(right)))).toEqual([]);
}, 120_000);
