import { describe, expect, it } from 'vitest';
import { makePdf } from '../support/scanned-files.ts';
import { playerOf, systemCloud } from './support/player.ts';

const cloud = await systemCloud('nexus-core-clinic-documents');
const clinician = await playerOf(cloud, 'clinician-north');
const admin = await playerOf(cloud, 'admin-north');

describe('S3, clinic documents', () => {
  it('takes documents of every category, attached to any kind of record, and shows who brought them and when', async () => {
    const categories = ['medical', 'images', 'reports', 'admin', 'prescriptions', 'referrals', 'other'];
    const types = ['patient', 'clinician', 'other'];
    for (const [index, category] of categories.entries()) {
      const subject = { type: types[index % types.length] ?? '', id: `record-${index}` };
      const described = { category, subject, title: `About ${category}`, description: 'As said.' };
      const document = await clinician.upload(await makePdf(), described);
      expect(document).toMatchObject({
        ...described,
        mediaType: 'application/pdf',
        uploadedBy: 'a734a8ae-ec2f-4b39-bb77-47d435fad69b',
        createdAt: expect.stringMatching(/Z$/),
      });
      const { documents } = await clinician.list(`/v1/subjects/${subject.type}/${subject.id}/documents`);
      expect(documents.map(({ id }) => id)).toEqual([document.id]);
    }
    const { documents } = await clinician.list('/v1/documents?category=referrals');
    expect(documents.map(({ title }) => title)).toEqual(['About referrals']);
  });

  it('gives links that live for 15 minutes', async () => {
    const { id } = await clinician.upload(await makePdf(), { category: 'medical' });
    const before = Date.now();
    const { expiresAt } = (await clinician.asked(200, 'GET', `/v1/documents/${id}/download`)) as { expiresAt: string };
    const lifeSeconds = (Date.parse(expiresAt) - before) / 1000;
    expect(Math.abs(lifeSeconds - 900)).toBeLessThan(15);
  });

  it('is administered: the whole clinic is listed, described anew, deleted and restored', async () => {
    const { id } = await clinician.upload(await makePdf(), { category: 'other', title: 'Draft' });
    expect((await admin.list('/v1/documents')).documents.map((document) => document.id)).toContain(id);
    const { headers } = await admin.ask('GET', `/v1/documents/${id}`);
    const tag = headers.get('etag') ?? '';
    await admin.asked(200, 'PATCH', `/v1/documents/${id}`, { title: 'Final' }, { 'If-Match': tag });
    expect((await admin.ask('PATCH', `/v1/documents/${id}`, { title: 'Late' }, { 'If-Match': tag })).status).toBe(412);
    await admin.asked(200, 'DELETE', `/v1/documents/${id}`);
    expect((await clinician.document(id)).state).toBe('deleted');
    await admin.asked(200, 'POST', `/v1/documents/${id}/restore`);
    expect(await clinician.document(id)).toMatchObject({ state: 'available', title: 'Final' });
  });

  it('says the name of its bucket, the region, and whether it is reached', async () => {
    expect(await admin.asked(200, 'GET', '/v1/storage/status')).toMatchObject({
      bucket: expect.stringMatching(/^sealdrop-local-documents-/),
      region: 'eu-central-1',
      accessible: true,
    });
  });

  it('shows nothing of it to another clinic', async () => {
    const { id } = await clinician.upload(await makePdf(), { category: 'other' });
    const southern = await playerOf(cloud, 'admin-south');
    expect((await southern.ask('GET', `/v1/documents/${id}`)).status).toBe(404);
    expect((await southern.list('/v1/documents')).documents).toEqual([]);
  });
});
