import { describe, expect, it } from 'vitest';
import { shiftedClock } from '../support/clock.ts';
import { makePdf } from '../support/scanned-files.ts';
import { playerOf, systemCloud } from './support/player.ts';

const clock = shiftedClock();
const cloud = await systemCloud('esante-medical-documents', { clock });
const patient = await playerOf(cloud, 'patient-north');
const categories = ['lab_result', 'imaging', 'prescription', 'insurance', 'medical_report', 'other'];

describe('S2, medical documents', () => {
  it('takes every type of document with title, description, date and tags, and gives all of it back', async () => {
    for (const category of categories) {
      const described = {
        category,
        title: 'Blood count',
        description: 'Fasting.\nMorning.',
        documentDate: '2026-10-31',
        tags: ['blood', 'fasting'],
      };
      const answer = await patient.declare(await makePdf(), described);
      expect([answer.status, JSON.parse(answer.text).document]).toMatchObject([201, described]);
    }
  });

  it('takes PDF, JPEG and PNG of at most 10 MB, and no other type, size or category', async () => {
    const content = await makePdf();
    const described = { category: 'other', title: 'x' };
    for (const mediaType of ['application/pdf', 'image/jpeg', 'image/png'])
      expect((await patient.declare(content, { ...described, mediaType })).status).toBe(201);
    const refusalOf = (change: object) => patient.refusal(patient.declare(content, { ...described, ...change }));
    expect(await refusalOf({ mediaType: 'image/gif' })).toMatchObject({ kind: 'media-type-not-allowed' });
    expect(await refusalOf({ sizeBytes: 10_000_001 })).toMatchObject({
      kind: 'file-too-large',
      detail: 'Choose a file of at most 10 MB.',
    });
    expect(await refusalOf({ category: 'holiday' })).toMatchObject({ fields: ['/category'] });
    expect(await refusalOf({ category: undefined, title: undefined })).toMatchObject({
      fields: ['/category', '/title'],
    });
  });

  it('answers nobody without a bearer token', async () => {
    expect((await fetch(`${cloud.origin}/v1/me/documents`)).status).toBe(401);
  });

  it('shows one, gives its bytes by a signed URL, and pages through one’s own', async () => {
    const other = await playerOf(cloud, 'other-patient-north');
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1)
      ids.unshift((await other.upload(await makePdf(), { category: 'other', title: `Number ${count}` })).id);
    const first = await other.list('/v1/me/documents?limit=2');
    const second = await other.list(`/v1/me/documents?limit=3&cursor=${first.nextCursor}`);
    expect([...first.documents, ...second.documents].map(({ id }) => id)).toEqual(ids);
    expect(second.nextCursor).toBeUndefined();
    const [id = ''] = ids;
    expect(await other.document(id)).toMatchObject({ id, title: 'Number 4', state: 'available' });
    expect((await other.download(id)).length).toBeGreaterThan(0);
  });

  it('lets its web origin across, and read the ETag', async () => {
    const document = await patient.upload(await makePdf(), { category: 'other', title: 'x' });
    const answer = await patient.ask('GET', `/v1/documents/${document.id}`, undefined, { Origin: cloud.origin });
    expect(answer.headers.get('access-control-allow-origin')).toBe(cloud.origin);
    expect(answer.headers.get('access-control-expose-headers')).toContain('ETag');
    const foreign = await patient.ask('GET', `/v1/documents/${document.id}`, undefined, {
      Origin: 'https://evil.example',
    });
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('gives back what was deleted by mistake, and removes for good after 90 days', async () => {
    const { id } = await patient.upload(await makePdf(), { category: 'other', title: 'x' });
    await patient.asked(200, 'DELETE', `/v1/documents/${id}`);
    await patient.asked(200, 'POST', `/v1/documents/${id}/restore`);
    expect(await patient.document(id)).toMatchObject({ state: 'available' });
    await patient.asked(200, 'DELETE', `/v1/documents/${id}`);

    const day = 86_400_000;
    for (const days of [89, 1]) {
      clock.advance(days * day + 3_600_000);
      cloud.wake();
      await cloud.settled();
      const later = await playerOf(cloud, 'patient-north');
      expect((await later.document(id)).state).toBe(days === 89 ? 'deleted' : 'purged');
    }
  });
});
