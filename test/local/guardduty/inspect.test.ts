import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { eicar } from '../../../local/guardduty/eicar.ts';
import { inspect, objectSizeBytesMax } from '../../../local/guardduty/inspect.ts';
import { makePdf } from '../../support/scanned-files.ts';

const inChunks = (content: Uint8Array, chunkSizeBytes = 1000): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(content.length / chunkSizeBytes) }, (_, index) =>
      content.subarray(index * chunkSizeBytes, (index + 1) * chunkSizeBytes),
    ),
  );

const statusOf = async (content: Uint8Array): Promise<string> => {
  const { status } = await inspect(inChunks(content), content.length);
  return status;
};

/** The first local file header of an archive (APPNOTE 4.3.7). */
const zip = (flags: number): Buffer => {
  const header = Buffer.alloc(30 + 5);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(flags, 6);
  return header;
};

describe('what is said of an object', () => {
  it('is that nothing was found, of nothing, of text and of a real PDF', async () => {
    expect(await statusOf(Buffer.alloc(0))).toBe('NO_THREATS_FOUND');
    expect(await statusOf(Buffer.from('Take /Encrypt twice a day.'))).toBe('NO_THREATS_FOUND');
    expect(await statusOf(await makePdf({ content: 'the word /Encrypt 1 0 R in a page' }))).toBe('NO_THREATS_FOUND');
  });

  it('is the threat, in a text and in a stream of a PDF that is not compressed', async () => {
    const text = eicar.toString();
    const finding = { status: 'THREATS_FOUND', threats: ['EICAR-Test-File'] };
    expect(await inspect(inChunks(eicar, 7), 68)).toEqual(finding);
    const infected = await makePdf({ content: text });
    expect(await inspect(inChunks(infected), infected.length)).toEqual(finding);
    expect(await statusOf(await makePdf({ content: text, encrypted: true }))).toBe('THREATS_FOUND');
  });

  it.each([{ useObjectStreams: false }, { useObjectStreams: true }])(
    'is that a PDF with a password cannot be scanned, also a long one (%o)',
    async (options) => {
      for (const objects of [0, 8000]) {
        expect(await statusOf(await makePdf({ ...options, objects, encrypted: true }))).toBe('UNSUPPORTED');
        expect(await statusOf(await makePdf({ ...options, objects }))).toBe('NO_THREATS_FOUND');
      }
    },
  );

  it('is that an archive with a password cannot be scanned', async () => {
    expect(await statusOf(zip(0b1))).toBe('UNSUPPORTED');
    expect(await statusOf(zip(0b1000))).toBe('NO_THREATS_FOUND');
  });

  it('is that what is over the quota cannot be scanned, and it is not read', async () => {
    const body = inChunks(Buffer.concat([Buffer.alloc(5000), eicar]));
    expect(await inspect(body, objectSizeBytesMax + 1)).toEqual({ status: 'UNSUPPORTED', threats: [] });
    expect(body.destroyed).toBe(true);
    expect((await inspect(inChunks(eicar), objectSizeBytesMax)).status).toBe('THREATS_FOUND');
  });
});
