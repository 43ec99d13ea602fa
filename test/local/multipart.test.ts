import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf, problemOf } from '../support/api.ts';
import { shiftedClock } from '../support/clock.ts';
import { startTestCloud, type TestCloud } from '../support/cloud.ts';
import { countVersions } from '../support/object-versions.ts';
import { byCrc64, compositeOf, crc64Of, partsOf, threeParts, uploaderOf } from '../support/parts.ts';

const isKind = (kind: string) => expect.stringMatching(new RegExp(`/problems/${kind}$`));
const clock = shiftedClock();
let cloud: TestCloud;
let patient: Api;
const uploader = uploaderOf(() => patient);

beforeAll(async () => {
  cloud = await startTestCloud({ clock, control: { port: 0 } });
  patient = await apiOf(cloud, 'patient-north');
}, 120_000);
afterAll(() => cloud.close());

describe('a file in parts', () => {
  it('arrives as it was, by the hashes of its parts, in whatever order they were sent', async () => {
    const { content, id, instruction, parts } = await uploader.declared();
    expect(instruction.upload).toMatchObject({
      partSizeBytes: 8 * 1024 ** 2,
      partsCount: 3,
      checksumAlgorithm: 'SHA256',
    });
    await uploader.send(id, parts.toReversed());
    const held = parts.map(({ partNumber, checksum, bytes }) => ({ partNumber, checksum, sizeBytes: bytes.length }));
    expect((await uploader.listed(id)).parts).toMatchObject(held);

    const checksum = compositeOf(parts);
    expect((await uploader.completed(id, checksum)).id).toBe(id);
    expect(await patient.settle(id)).toMatchObject({
      state: 'available',
      sizeBytes: content.length,
      checksum: { algorithm: 'SHA256', type: 'COMPOSITE', value: checksum, partSizeBytes: 8 * 1024 ** 2 },
    });
    expect(content.equals(await patient.download(id))).toBe(true);
    expect(await countVersions(cloud, clock, id)).toBe(1);
  });

  it('arrives as it was, by the CRC-64 of the whole', async () => {
    const { content, id, parts } = await uploader.declared({ checksumAlgorithm: 'CRC64NVME' });
    await uploader.send(id, await byCrc64(parts));
    const value = await crc64Of(content);
    await uploader.completed(id, value);

    const document = await patient.settle(id);
    expect(document).toMatchObject({ state: 'available' });
    expect(document.checksum).toEqual({ algorithm: 'CRC64NVME', type: 'FULL_OBJECT', value });
    expect(content.equals(await patient.download(id))).toBe(true);
  });

  it('holds of a part that was sent twice the last, which the hash of the whole decides about', async () => {
    const { id, parts } = await uploader.sent();
    const other = partsOf(threeParts(), (await uploader.declared()).instruction)[1];
    if (other === undefined) throw new Error('There is no second part.');
    await uploader.send(id, [other]);
    expect(problemOf(await uploader.complete(id, { checksum: compositeOf(parts) }))).toMatchObject({
      type: isKind('checksum-mismatch'),
    });
    await uploader.send(id, parts.slice(1, 2));
    await uploader.completed(id, compositeOf(parts));
    expect(await patient.settle(id)).toMatchObject({ state: 'available' });
  });

  it('is completed twice as if once, while it is verified and after', async () => {
    const { id, parts } = await uploader.sent();
    const answers = [];
    for (const _time of [1, 2]) answers.push(await uploader.completed(id, compositeOf(parts)));
    await patient.settle(id);
    expect(await uploader.completed(id, compositeOf(parts))).toMatchObject({ id, state: 'available' });
    expect(answers.map((document) => document.id)).toEqual([id, id]);
    expect(await countVersions(cloud, clock, id)).toBe(1);
  });

  it('begins again where S3 says so, as the same document (F13)', async () => {
    const { id, parts } = await uploader.sent();
    const fault = { kind: 'fail', operation: 'CompleteMultipartUpload', code: 'ConditionalRequestConflict' };
    const headers = { 'content-type': 'application/json' };
    await fetch(`${cloud.s3ControlOrigin}/_control/faults`, { method: 'POST', headers, body: JSON.stringify(fault) });

    const checksum = compositeOf(parts);
    expect(problemOf(await uploader.complete(id, { checksum }))).toMatchObject({ type: isKind('upload-restarted') });
    expect((await uploader.listed(id)).parts).toEqual([]);
    await uploader.send(id, parts);
    await uploader.completed(id, checksum);
    expect(await patient.settle(id)).toMatchObject({ state: 'available', checksum: { value: checksum } });
  });
});
