import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { Settings } from '../../contract/schemas/settings.ts';
import { StorageStatus } from '../../contract/schemas/storage-status.ts';
import type { Rights } from '../../local/roles/rights.ts';
import { type Api, apiOf, problemOf } from '../support/api.ts';
import { shiftedClock } from '../support/clock.ts';
import { startTestCloud, type TestCloud } from '../support/cloud.ts';
import { makePdf } from '../support/scanned-files.ts';
import { rightsOf, rightsWithout } from './roles/support/rights.ts';

let cloud: TestCloud;
let clinician: Api;
let patient: Api;
let isForbidden = false;
const clock = shiftedClock();

const forbid = (planned: Rights): Rights => {
  const right = rightsOf(cloud.template).find(({ action }) => action === 's3:GetBucketLocation');
  if (right === undefined) throw new Error('Nobody may ask for the location of the bucket.');
  return rightsWithout(planned, cloud.template, right);
};

beforeAll(async () => {
  cloud = await startTestCloud({ clock, rights: (planned) => (isForbidden ? forbid(planned) : planned) });
  clinician = await apiOf(cloud, 'clinician-north');
  patient = await apiOf(cloud, 'patient-north');
}, 120_000);
afterAll(() => cloud.close());

describe('the status of the storage', () => {
  const ask = async () => z.parse(StorageStatus, JSON.parse((await clinician.call('/v1/storage/status')).text));

  it('is told to staff, and not to patients', async () => {
    expect(await ask()).toMatchObject({ accessible: true, region: 'eu-central-1' });
    expect(problemOf(await patient.call('/v1/storage/status'))).toMatchObject({ status: 403 });
  });

  it('says that the right is missing, with 200, once it has looked again', async () => {
    isForbidden = true;
    expect((await ask()).accessible).toBe(true);
    clock.advance(5000);
    expect(await ask()).toMatchObject({ accessible: false, diagnosis: { reason: 'access-denied' } });
    isForbidden = false;
    clock.advance(5000);
    expect(await ask()).toMatchObject({ accessible: true });
  });
});

describe('the settings', () => {
  it('are told to a patient, counted, and not again to who has them', async () => {
    const first = await patient.call('/v1/settings');
    const { caller, quotas } = z.parse(Settings, JSON.parse(first.text));
    expect(caller.roles).toEqual(['patient']);
    const etag = first.headers.get('etag') ?? '';
    const conditional = { headers: { 'If-None-Match': etag } };
    expect((await patient.call('/v1/settings', conditional)).status).toBe(304);

    await patient.upload(await makePdf());
    const second = await patient.call('/v1/settings', conditional);
    expect(second.status).toBe(200);
    expect(z.parse(Settings, JSON.parse(second.text)).quotas[0]?.documents).toBe((quotas[0]?.documents ?? 0) + 1);
  });
});

describe('where a document lies', () => {
  it('is told to a service, by an address that S3 refuses unsigned', async () => {
    const service = await apiOf(cloud, 'service-north');
    const { id } = await service.upload(await makePdf());
    const { headers } = await service.call(`/v1/documents/${id}`);
    expect(headers.get('x-s3-key')).toMatch(new RegExp(`^documents/north-clinic/[0-9a-f]{2}/${id}$`));
    expect(headers.get('x-s3-upload-success')).toBe('true');
    const unsigned = await fetch(headers.get('x-s3-url') ?? '');
    expect(unsigned.status).toBe(403);
    expect((await clinician.call(`/v1/documents/${id}`)).headers.get('x-s3-key')).toBeNull();
  });
});
