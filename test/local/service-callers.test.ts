import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectionTest } from '../../client/connection-test/connection-test.ts';
import { createServiceClient } from '../../client/node.ts';
import type { Rights } from '../../local/roles/rights.ts';
import { apiOf } from '../support/api.ts';
import { startTestCloud, type TestCloud } from '../support/cloud.ts';
import { makePdf } from '../support/scanned-files.ts';
import { rightsOf, rightsWithout } from './roles/support/rights.ts';

let cloud: TestCloud;
let change = (planned: Rights): Rights => planned;
beforeAll(async () => {
  cloud = await startTestCloud({ rights: (planned) => change(planned) });
}, 120_000);
afterAll(() => cloud.close());

const without = (action: string) => {
  const right = rightsOf(cloud.template).find((each) => each.action === action);
  if (right === undefined) throw new Error(`Nobody may ${action}.`);
  change = (planned) => rightsWithout(planned, cloud.template, right);
};

describe('a report of a back end', () => {
  const attributes = { reportType: 'provider payments', generatedBy: 'billing', count: 12, totalAmount: 2345.6 };

  it('is stored in one call, with what it is about, and found where the result says', async () => {
    const token = await cloud.identity.issueToken('service-north');
    const client = createServiceClient({ baseUrl: cloud.origin, token: () => token });
    const pdf = await makePdf();
    const { documentId = '', ...stored } = await client.putReport(Readable.from([pdf]), {
      category: 'reports',
      title: 'Payments of November',
      attributes,
    });

    expect(stored).toMatchObject({ success: true, state: 'available' });
    expect(stored.key).toMatch(new RegExp(`^documents/north-clinic/[0-9a-f]{2}/${documentId}$`));
    expect(stored.url?.endsWith(`/${stored.key}`)).toBe(true);
    const staff = await apiOf(cloud, 'clinician-north');
    expect(await staff.get(documentId)).toMatchObject({ category: 'reports', attributes });
    expect(Buffer.from(await staff.download(documentId))).toEqual(Buffer.from(pdf));
  });

  it('that the profile does not take is returned as that', async () => {
    const token = await cloud.identity.issueToken('service-north');
    const client = createServiceClient({ baseUrl: cloud.origin, token: () => token });
    const result = await client.putReport(await makePdf(), { category: 'no_such' }, { onFailure: 'return' });
    expect(result).toMatchObject({ success: false, error: { kind: 'invalid-request' } });
  });
});

describe('the connection test', () => {
  const run = async (person: string | undefined) => {
    const lines: string[] = [];
    const token = person === undefined ? 'no-token' : await cloud.identity.issueToken(person);
    const exitCode = await connectionTest(['--url', cloud.origin], {
      say: (line) => lines.push(line),
      complain: (line) => lines.push(line),
      environment: { SEALDROP_TOKEN: token },
    });
    expect(lines.join('\n')).not.toContain(token);
    return { exitCode, lines, marks: lines.slice(0, 9).map((line) => line.split(' ')[0]) };
  };

  it.each(['patient-north', 'clinician-north', 'service-north'])(
    'goes well for %s, and says so step by step',
    async (person) => {
      const { exitCode, lines, marks } = await run(person);
      expect([exitCode, lines.at(-1)]).toEqual([0, '\nEverything works.']);
      expect(marks).toEqual(Array(9).fill('ok'));
      expect(lines.find((line) => line.includes('see the storage'))).toContain(
        person === 'patient-north' ? 'may not see it' : 'is accessible',
      );
      const { documents } = JSON.parse((await (await apiOf(cloud, person)).call('/v1/documents')).text);
      expect(documents[0]).toMatchObject({ state: 'deleted', fileName: 'connection-test.pdf' });
    },
  );

  it('with a bad token ends where it signs in, with what to do', async () => {
    const { exitCode, lines, marks } = await run(undefined);
    expect(exitCode).toBe(1);
    expect(marks).toEqual(['ok', 'FAILED', ...Array(7).fill('skipped')]);
    expect(lines[1]).toMatch(/Sign in again/);
  });

  it('without the right to put ends there, and names what S3 said', async () => {
    without('s3:PutObject');
    const { exitCode, lines, marks } = await run('service-north');
    change = (planned) => planned;
    expect(exitCode).toBe(1);
    expect(marks.indexOf('FAILED')).toBe(4);
    expect(lines[4]).toContain('AccessDenied');
  });

  it('deletes its document though a step after failed', async () => {
    without('dynamodb:BatchGetItem');
    const { marks } = await run('clinician-north');
    change = (planned) => planned;
    expect(marks.slice(5)).toEqual(['ok', 'FAILED', 'skipped', 'ok']);
  });
});
