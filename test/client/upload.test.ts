import { describe, expect, it } from 'vitest';
import { createPartHasher, FileError, type FileSource, ProblemError } from '../../client/index.ts';
import { problem } from './support/fake-cloud.ts';
import { fileOf, rejectionOf, withCloud } from './support/with-cloud.ts';

describe('upload', () => {
  it('hashes, declares, sends, and waits until the document is available', () =>
    withCloud(async ({ cloud, client }) => {
      cloud.states = ['pending', 'pending', 'scanning', 'available'];
      const file = fileOf(3_000_000);
      const states: string[] = [];
      const document = await client.upload(file, { onDocument: ({ state }) => states.push(state) });
      expect(states).toEqual(['pending', 'pending', 'pending', 'scanning', 'available']);
      expect(document).toMatchObject({ state: 'available', fileName: 'report.pdf', mediaType: 'application/pdf' });
      expect(document.sizeBytes).toBe(3_000_000);
      expect(Buffer.from(cloud.documents.get(document.id)?.bytes ?? [])).toEqual(Buffer.from(await file.arrayBuffer()));
      expect(cloud.requests.map((request) => request.split(' ')[0])).toEqual([
        'POST',
        'PUT',
        'GET',
        'GET',
        'GET',
        'GET',
      ]);
    }));

  it('has hashing made ready before anybody is asked anything', async () => {
    const seen: string[] = [];
    const prepare = ({ name }: FileSource) => seen.push(`prepare ${name}`);
    await withCloud(
      async ({ client }) => {
        await client.upload(fileOf(3_000_000));
        expect(seen.slice(0, 2)).toEqual(['prepare report.pdf', 'token']);
      },
      {
        hasher: { ...createPartHasher(), prepare },
        token: () => {
          seen.push('token');
          return 'good-token';
        },
      },
    );
  });

  it('returns a rejected document with its reason', () =>
    withCloud(async ({ cloud, client }) => {
      cloud.states = ['rejected'];
      expect(await client.upload(fileOf(10))).toMatchObject({ state: 'rejected' });
    }));

  it.each([
    ['scan.PNG', '', 'image/png'],
    ['scan.jpeg', '', 'image/jpeg'],
    ['scan', 'application/pdf;version=1.7', 'application/pdf'],
    ['odd.pdf', 'image/png', 'image/png'],
  ])('declares %s of type %j as %s', (name, type, mediaType) =>
    withCloud(async ({ client }) => {
      expect(await client.upload(fileOf(5, name, type))).toMatchObject({ mediaType });
    }),
  );

  it('takes name and type from the options for a blob that has none', () =>
    withCloud(async ({ client }) => {
      const document = await client.upload(new Blob(['x']), { fileName: 'x.pdf', mediaType: 'application/pdf' });
      expect(document).toMatchObject({ fileName: 'x.pdf', mediaType: 'application/pdf' });
    }));

  it('refuses an empty file without a request', () =>
    withCloud(async ({ cloud, client }) => {
      const error = await rejectionOf(client.upload(fileOf(0)));
      expect(error).toBeInstanceOf(FileError);
      expect(error).toMatchObject({ reason: 'empty' });
      expect(cloud.requests).toEqual([]);
    }));

  it.each([
    ['notes', ''],
    ['notes.txt', 'text/plain;charset=utf-8'],
    ['toString', 'constructor'],
  ])('refuses %s of type %j, which no environment accepts, without a request', (name, type) =>
    withCloud(async ({ cloud, client }) => {
      const error = await rejectionOf(client.upload(fileOf(5, name, type)));
      expect(error).toMatchObject({ reason: 'media-type', message: expect.stringContaining('PDF, JPEG or PNG') });
      expect(cloud.requests).toEqual([]);
    }),
  );

  it('says so when the file cannot be read any more', () =>
    withCloud(async ({ cloud, client }) => {
      const file = fileOf(10);
      file.slice = () => {
        throw new DOMException('The file changed.', 'NotReadableError');
      };
      expect(await rejectionOf(client.upload(file))).toMatchObject({ reason: 'unreadable' });
      expect(cloud.requests).toEqual([]);
    }));

  it("gives the API's refusal in its own words and sends nothing to the storage", () =>
    withCloud(async ({ cloud, client }) => {
      const detail = 'Choose a PDF, JPEG or PNG file.';
      cloud.faults.push({ on: /^POST/, answer: problem('media-type-not-allowed', 422, detail) });
      const error = await rejectionOf(client.upload(fileOf(10)));
      expect(error).toBeInstanceOf(ProblemError);
      expect(error).toMatchObject({ kind: 'media-type-not-allowed', message: detail });
      expect(cloud.requests).toEqual(['POST /v1/documents']);
    }));
});
