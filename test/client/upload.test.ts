import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileError, NetworkError, ProblemError, StorageError, type UploadProgress } from '../../client/index.ts';
import { problem, s3Error } from './support/fake-cloud.ts';
import { fileOf, rejectionOf, type Scene, withCloud } from './support/with-cloud.ts';

const once = { attemptsMax: 1, baseMilliseconds: 1, capMilliseconds: 1, retryAfterSecondsMax: 1 };
const puts = ({ cloud }: Scene) => cloud.requests.filter((request) => request.startsWith('PUT')).length;

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

  it('returns a rejected document with its reason', () =>
    withCloud(async ({ cloud, client }) => {
      cloud.states = ['rejected'];
      expect(await client.upload(fileOf(10))).toMatchObject({ state: 'rejected' });
    }));

  it('looks in growing pauses and returns the document as it is when the wait is over', () =>
    withCloud(
      async ({ cloud, client, timing }) => {
        cloud.states = ['scanning'];
        expect(await client.upload(fileOf(10))).toMatchObject({ state: 'scanning' });
        expect(timing.pauses[0]).toBe(300 * 0.875);
        expect([...timing.pauses].sort((one, other) => one - other)).toEqual(timing.pauses);
        expect(Math.max(...timing.pauses)).toBe(5000 * 0.875);
      },
      { outcomeWaitMilliseconds: 30_000 },
    ));

  it.each([
    ['scan.PNG', '', 'image/png'],
    ['scan.jpeg', '', 'image/jpeg'],
    ['notes', '', 'application/octet-stream'],
    ['notes.txt', 'text/plain;charset=utf-8', 'text/plain'],
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
    withCloud(async (scene) => {
      const detail = 'Choose a PDF, JPEG or PNG file.';
      scene.cloud.faults.push({ on: /^POST/, answer: problem('media-type-not-allowed', 422, detail) });
      const error = await rejectionOf(scene.client.upload(fileOf(10)));
      expect(error).toBeInstanceOf(ProblemError);
      expect(error).toMatchObject({ kind: 'media-type-not-allowed', message: detail });
      expect(puts(scene)).toBe(0);
    }));
});

describe('sending to the storage', () => {
  it.each([
    ['SlowDown', 503],
    ['InternalError', 500],
    ['ConditionalRequestConflict', 409],
    ['RequestTimeout', 400],
  ])('tries again after %s', (code, status) =>
    withCloud(async (scene) => {
      scene.cloud.faults.push({ on: /^PUT/, answer: s3Error(status, code, 'x') });
      expect(await scene.client.upload(fileOf(10))).toMatchObject({ state: 'available' });
      expect(puts(scene)).toBe(2);
    }),
  );

  it('lets the record decide after a lost answer and a 412', () =>
    withCloud(async (scene) => {
      scene.cloud.faults.push({ on: /^PUT/, cut: 'after' });
      expect(await scene.client.upload(fileOf(10))).toMatchObject({ state: 'available' });
      expect(puts(scene)).toBe(2);
    }));

  it('does not take a 412 for success where no answer was lost', () =>
    withCloud(async (scene) => {
      scene.cloud.faults.push({ on: /^PUT/, answer: s3Error(412, 'PreconditionFailed', 'x') });
      const error = await rejectionOf(scene.client.upload(fileOf(10)));
      expect(error).toBeInstanceOf(StorageError);
      expect(error).toMatchObject({ status: 412, code: 'PreconditionFailed' });
      expect(puts(scene)).toBe(1);
    }));

  it('tells a link that ran out from one that was never allowed', () =>
    withCloud(async ({ cloud, client }) => {
      cloud.faults.push({ on: /^PUT/, answer: s3Error(403, 'AccessDenied', 'Request has expired') });
      cloud.faults.push({ on: /^PUT/, answer: s3Error(403, 'AccessDenied', 'Access Denied') });
      const [late, denied] = [await rejectionOf(client.upload(fileOf(9))), await rejectionOf(client.upload(fileOf(9)))];
      expect(late).toMatchObject({ code: 'AccessDenied', message: expect.stringContaining('ran out') });
      expect(denied).toMatchObject({ message: expect.stringContaining('AccessDenied') });
    }));

  it('never repeats what S3 says besides its code: it may hold the signature', () =>
    withCloud(async ({ cloud, client }) => {
      const secret = 'X-Amz-Signature=5d41402abc4b2a76';
      cloud.faults.push({ on: /^PUT/, answer: s3Error(403, 'SignatureDoesNotMatch', secret) });
      const error = await rejectionOf(client.upload(fileOf(10)));
      expect(error).toMatchObject({ code: 'SignatureDoesNotMatch' });
      expect(JSON.stringify(error) + String(error)).not.toMatch(/Signature=|127\.0\.0\.1/);
    }));

  it('gives an answer without XML the code Unknown', () =>
    withCloud(async ({ cloud, client }) => {
      cloud.faults.push({ on: /^PUT/, answer: { status: 403, body: '<html>blocked</html>' } });
      expect(await rejectionOf(client.upload(fileOf(10)))).toMatchObject({ code: 'Unknown', status: 403 });
    }));

  it('gives up a transfer that stands still', () =>
    withCloud(
      async ({ cloud, client }) => {
        cloud.faults.push({ on: /^PUT/, hang: () => undefined });
        const error = await rejectionOf(client.upload(fileOf(10)));
        expect(error).toBeInstanceOf(NetworkError);
        expect(error).toMatchObject({ message: expect.stringContaining('stood still') });
      },
      { stallTimeoutMilliseconds: 50, retryPolicy: once },
    ));

  it('hears an early refusal of a large file without sending it', () =>
    withCloud(async ({ cloud, client }) => {
      const sent: number[] = [];
      cloud.refuseBeforeBody = s3Error(403, 'AccessDenied', 'Request has expired');
      const error = await rejectionOf(
        client.upload(fileOf(5_000_000), {
          onProgress: ({ phase, bytesDone }) => phase === 'uploading' && sent.push(bytesDone),
        }),
      );
      expect(error).toMatchObject({ status: 403 });
      expect(Math.max(...sent)).toBeLessThan(5_000_000);
    }));
});

describe('abort', () => {
  it.each(['hashing', 'declaring', 'uploading', 'verifying'] as const)(
    "stops while %s with the signal's reason",
    (at) =>
      withCloud(async ({ cloud, client }) => {
        const controller = new AbortController();
        const reason = new Error('Cancelled.');
        cloud.states = ['pending'];
        const uploading = client.upload(fileOf(2_500_000), {
          signal: controller.signal,
          onProgress: ({ phase, bytesDone }) => {
            if (phase === at && (phase !== 'hashing' || bytesDone > 0)) controller.abort(reason);
          },
        });
        expect(await rejectionOf(uploading)).toBe(reason);
        const requestsByPhase = { hashing: 0, declaring: 0, uploading: 1, verifying: 2 };
        expect(cloud.requests).toHaveLength(requestsByPhase[at]);
      }),
  );

  it.each([/^POST/, /^PUT/, /^GET/])('stops while %s is waiting for its answer', (on) =>
    withCloud(async ({ cloud, client }) => {
      const controller = new AbortController();
      cloud.faults.push({ on, hang: () => controller.abort() });
      const error = await rejectionOf(client.upload(fileOf(10), { signal: controller.signal }));
      expect(error).toBe(controller.signal.reason);
    }),
  );

  it('makes no request with a signal that is aborted already', () =>
    withCloud(async ({ cloud, client }) => {
      const signal = AbortSignal.abort();
      expect(await rejectionOf(client.upload(fileOf(10), { signal }))).toBe(signal.reason);
      expect(cloud.requests).toEqual([]);
    }));
});

describe('progress', () => {
  const order = ['hashing', 'declaring', 'uploading', 'verifying'];

  it('rises from 0 to 1 through the phases in order, whatever goes wrong on the way', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 2_500_000 }),
        fc.array(fc.constantFrom('before' as const, 'after' as const), { maxLength: 3 }),
        (sizeBytes, cuts) =>
          withCloud(async ({ cloud, client }) => {
            cloud.faults.push(...cuts.map((cut) => ({ on: /^PUT/, cut })));
            const seen: UploadProgress[] = [];
            await client.upload(fileOf(sizeBytes), { onProgress: (progress) => seen.push(progress) });
            const fractions = seen.map(({ fraction }) => fraction);
            expect(fractions).toEqual([...fractions].sort((one, other) => one - other));
            expect([fractions.at(0), fractions.at(-1)]).toEqual([0, 1]);
            expect(fractions.filter((fraction) => fraction === 1)).toHaveLength(1);
            const phases = seen.map(({ phase }) => order.indexOf(phase));
            expect(phases).toEqual([...phases].sort((one, other) => one - other));
            expect(seen.every(({ bytesDone, bytesTotal }) => bytesDone <= bytesTotal && bytesTotal === sizeBytes)).toBe(
              true,
            );
          }),
      ),
      { numRuns: 25 },
    ));
});
