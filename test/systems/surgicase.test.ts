import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createServiceClient } from '../../client/node.ts';
import { makePdf } from '../support/scanned-files.ts';
import { playerOf, systemCloud } from './support/player.ts';

const cloud = await systemCloud('surgicase');
const service = await playerOf(cloud, 'service-north');
const clientOf = (baseUrl = cloud.origin) => createServiceClient({ baseUrl, token: () => service.token });

/** As the report generator describes a payment run. */
const payments = {
  category: 'provider_payments',
  subject: { type: 'payment_run', id: '2026-10' },
  title: 'Provider payments, October 2026',
  attributes: {
    reportType: 'provider_payments',
    generatedBy: 'billing',
    count: 42,
    totalAmount: 12_345.67,
    dateRange: '2026-10-01/2026-10-31',
    filter: 'status=approved',
  },
};

describe('S5, generated reports', () => {
  it('stores a generated report in one call with all that is known of it, and finds it again', async () => {
    const content = await makePdf();
    const stored = await clientOf().putReport(
      Readable.from([content.subarray(0, 100), content.subarray(100)]),
      payments,
    );
    expect(stored).toMatchObject({ success: true, state: 'available' });
    expect(await service.document(stored.documentId ?? '')).toMatchObject(payments);
    expect(await service.download(stored.documentId ?? '')).toEqual(new Uint8Array(content));
    const { documents } = await service.list('/v1/subjects/payment_run/2026-10/documents?category=provider_payments');
    expect(documents.map(({ id }) => id)).toContain(stored.documentId);
  });

  it('stores each under a name of its own, with the time in it', async () => {
    const content = await makePdf();
    const named = await Promise.all(
      [1, 2].map(async () => {
        const { documentId = '' } = await clientOf().putReport(content, payments);
        return (await service.document(documentId)).fileName;
      }),
    );
    expect(new Set(named).size).toBe(2);
    for (const name of named) expect(name).toMatch(/^provider_payments_\d{8}_\d{6}_[0-9a-f]{8}\.pdf$/);
  });

  it('tells key, URL and success in headers, to back ends and to nobody else', async () => {
    const declared = await service.declare(await makePdf(), payments);
    expect(declared.headers.get('x-s3-upload-success')).toBe('false');
    const { documentId, key, url } = await clientOf().putReport(await makePdf(), payments);
    expect(key).toMatch(new RegExp(`^documents/north-clinic/[0-9a-f]{2}/${documentId}$`));
    expect(url).toContain(`${key}`);
    const { headers } = await service.ask('GET', `/v1/documents/${documentId}`);
    expect(headers.get('x-s3-upload-success')).toBe('true');
    expect(headers.get('x-s3-key')).toBe(key);
    const admin = await playerOf(cloud, 'admin-north');
    expect((await admin.ask('GET', `/v1/documents/${documentId}`)).headers.get('x-s3-key')).toBeNull();
  });

  it('never throws into the work of its caller: nobody there, a wrong category, a stream that breaks', async () => {
    const quiet = { onFailure: 'return', limitMilliseconds: 2000 } as const;
    const content = await makePdf();
    const broken = Readable.from(
      (async function* () {
        yield content.subarray(0, 10);
        throw new Error('The generator broke.');
      })(),
    );
    const results = [
      await clientOf('http://127.0.0.1:9').putReport(content, payments, quiet),
      await clientOf().putReport(content, { ...payments, category: 'holiday' }, quiet),
      await clientOf().putReport(broken, payments, quiet),
    ];
    for (const { success, error } of results) {
      expect(success).toBe(false);
      expect(error?.message).toMatch(/\.$/);
    }
  });

  it('keeps it as long as its class says, 90 days to a hundred years', async () => {
    const daysOf = async (retentionClass?: string) => {
      const { documentId = '' } = await clientOf().putReport(await makePdf(), {
        ...payments,
        ...(retentionClass !== undefined && { retentionClass }),
      });
      const { createdAt, retainUntil = '' } = await service.document(documentId);
      return Math.round((Date.parse(retainUntil) - Date.parse(createdAt)) / 86_400_000);
    };
    expect(await daysOf()).toBe(3653);
    expect(await daysOf('quarter')).toBe(90);
    expect(await daysOf('hundred-years')).toBe(36_500);
  });

  it('takes PDF only', async () => {
    const answer = service.declare(await makePdf(), { ...payments, mediaType: 'image/png' });
    expect(await service.refusal(answer)).toMatchObject({ kind: 'media-type-not-allowed' });
  });
});
