import { describe, expect, it } from 'vitest';
import { makePdf } from '../support/scanned-files.ts';
import { playerOf, systemCloud } from './support/player.ts';

const cloud = await systemCloud('patient-summary-files');
const clinician = await playerOf(cloud, 'clinician-north');
const subject = { type: 'patient', id: 'patient-4711' };
const pathOf = ({ type, id }: typeof subject) => `/v1/subjects/${type}/${id}/documents`;

describe('S1, patient summary files', () => {
  it('takes a file of a patient, recorded at once as pending, and completes the record by itself', async () => {
    const content = await makePdf();
    const document = await clinician.upload(content, { subject, fileName: 'summary.pdf' });
    expect(document).toMatchObject({ state: 'available', subject, fileName: 'summary.pdf', sizeBytes: content.length });
    expect(await clinician.download(document.id)).toEqual(content);
  });

  it('refuses a wrong type, a file that is too large and one of nobody, each by its field', async () => {
    const content = await makePdf();
    const refusalOf = (description: object) =>
      clinician.refusal(clinician.declare(content, { subject, ...description }));
    expect(await refusalOf({ mediaType: 'text/html' })).toMatchObject({ kind: 'media-type-not-allowed' });
    expect(await refusalOf({ sizeBytes: 2 ** 40 })).toMatchObject({ kind: 'file-too-large' });
    expect(await refusalOf({ subject: undefined })).toMatchObject({ kind: 'invalid-request', fields: ['/subject'] });
  });

  it('lists the files of a patient with their status, and of nobody else', async () => {
    const other = { type: 'patient', id: 'patient-4712' };
    const available = await clinician.upload(await makePdf(), { subject: other });
    const pending = JSON.parse((await clinician.declare(await makePdf(), { subject: other })).text).document;
    const { documents } = await clinician.list(pathOf(other));
    expect(documents.map(({ id, state }) => [id, state])).toEqual([
      [pending.id, 'pending'],
      [available.id, 'available'],
    ]);
  });

  it('rejects what is not what it says, and the record says why', async () => {
    const text = new TextEncoder().encode('just text');
    const document = await clinician.upload(text, { subject });
    expect(document).toMatchObject({ state: 'rejected', rejection: { reason: 'media-type-mismatch' } });
    expect(await clinician.refusal(clinician.ask('GET', `/v1/documents/${document.id}/download`))).toMatchObject({
      kind: 'document-not-available',
    });
  });

  it('says whether its bucket is reached, and where it is', async () => {
    expect(await clinician.asked(200, 'GET', '/v1/storage/status')).toMatchObject({
      region: 'eu-central-1',
      accessible: true,
    });
  });

  it('shows its interactive documentation at /docs, to whoever asks', async () => {
    const response = await fetch(`${cloud.origin}/docs`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  });
});
