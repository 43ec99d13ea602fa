import { describe, expect, it } from 'vitest';
import { makePdf } from '../support/scanned-files.ts';
import { playerOf, systemCloud } from './support/player.ts';

const cloud = await systemCloud('simplymedi', { control: { port: 0 } });
const patient = await playerOf(cloud, 'patient-north');
const reader = await playerOf(cloud, 'service-north');

describe('S4, medical reports with OCR', () => {
  it('lets a program fetch an uploaded report by a link of 10 minutes, with what is known of it', async () => {
    const content = await makePdf();
    const { id } = await patient.upload(content, { category: 'report', title: 'Lab' });
    const before = Date.now();
    const { url, expiresAt } = (await reader.asked(200, 'GET', `/v1/documents/${id}/download`)) as Record<
      string,
      string
    >;
    expect(Math.abs((Date.parse(expiresAt ?? '') - before) / 1000 - 600)).toBeLessThan(15);
    const response = await fetch(url ?? '');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(await response.bytes()).toEqual(new Uint8Array(content));
    expect(await reader.document(id)).toMatchObject({ category: 'report', title: 'Lab', sizeBytes: content.length });
  });

  it('says of an object whether it exists, how large it is, of what type, with which hash and since when', async () => {
    const content = await makePdf();
    const document = await patient.upload(content, { category: 'report' });
    const head = await reader.ask('HEAD', `/v1/documents/${document.id}`);
    expect([head.status, head.text]).toEqual([200, '']);
    const told = [...head.headers.values()].join('\n');
    for (const fact of ['available', `${content.length}`, 'application/pdf', document.sha256])
      expect(told).toContain(fact);
    expect((await reader.ask('HEAD', '/v1/documents/01890a5d-ac96-774b-bcce-b302099a8057')).status).toBe(404);
  });

  it('keeps the record true when S3 fails, and goes on with it when S3 is back', async () => {
    const armed = await fetch(`${cloud.s3ControlOrigin}/_control/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'fail', operation: 'PutObject', code: 'InternalError', count: 1 }),
    });
    expect(armed.status).toBe(201);
    const content = await makePdf();
    const { document, upload } = JSON.parse((await patient.declare(content, { category: 'report' })).text);
    const put = () => fetch(upload.url, { method: 'PUT', headers: upload.headers, body: new Uint8Array(content) });
    expect((await put()).status).toBe(500);
    expect((await patient.document(document.id)).state).toBe('pending');
    expect((await put()).status).toBe(200);
    expect((await patient.settle(document.id)).state).toBe('available');
  });

  it('deletes a report, and keeps who did what with it', async () => {
    const { id } = await patient.upload(await makePdf(), { category: 'report' });
    await patient.download(id);
    await patient.asked(200, 'DELETE', `/v1/documents/${id}`);
    expect((await reader.ask('GET', `/v1/documents/${id}/download`)).status).toBe(409);
    const { entries } = (await patient.asked(200, 'GET', `/v1/documents/${id}/history`)) as {
      entries: { kind: string }[];
    };
    expect(entries.map(({ kind }) => kind)).toContain('download-issued');
    expect(entries.at(-1)).toMatchObject({ kind: 'change', to: 'deleted', cause: 'user' });
  });
});
