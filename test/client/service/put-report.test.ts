import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type ClientOptions,
  createServiceClient,
  type ReportContent,
  type ReportOptions,
} from '../../../client/node.ts';
import { nodeTransport } from '../../../client/transport/node-http.ts';
import { type FakeCloud, problem, startFakeCloud } from '../support/fake-cloud.ts';
import { fakeTiming } from '../support/fake-timing.ts';
import { rejectionOf } from '../support/with-cloud.ts';

const pdf = Buffer.from('%PDF-1.7\na report of 2,345.60 in all');
const metadata = {
  category: 'provider_payments',
  title: 'Payments of November',
  attributes: { reportType: 'Provider Payments', generatedBy: 'billing', count: 12, totalAmount: 2345.6 },
};

let temporary: string;
let cloud: FakeCloud;
/** What the temporary folder holds, and how private it is, at the moment of the PUT. */
let atPut: { readonly names: readonly string[]; readonly modes: readonly number[] };

const peek: NonNullable<ClientOptions['transport']> = (request) => {
  const names = readdirSync(temporary);
  const paths = names.flatMap((name) => [join(temporary, name), join(temporary, name, 'report')]);
  atPut = { names, modes: paths.map((path) => statSync(path).mode & 0o777) };
  return nodeTransport(request);
};

const put = (content: ReportContent, options?: ReportOptions, client: Partial<ClientOptions> = {}) =>
  createServiceClient({
    baseUrl: cloud.url,
    token: () => 'good-token',
    timing: fakeTiming(),
    transport: peek,
    ...client,
  }).putReport(content, metadata, options);

beforeEach(async () => {
  temporary = mkdtempSync(join(tmpdir(), 'test-'));
  vi.stubEnv('TMPDIR', temporary);
  cloud = await startFakeCloud();
});
afterEach(async () => {
  expect(readdirSync(temporary)).toEqual([]);
  await cloud[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
  rmSync(temporary, { recursive: true });
});

async function* onePdf() {
  yield pdf;
}

const bytesOf = (id = '') => Buffer.from(cloud.documents.get(id)?.bytes ?? []);

describe('a report', () => {
  it('of bytes is stored in one call, and the result says where', async () => {
    const { documentId, ...result } = await put(pdf);
    expect(result).toEqual({
      success: true,
      state: 'available',
      key: `documents/tenant/00/${documentId}`,
      url: `https://bucket.example/documents/tenant/00/${documentId}`,
    });
    expect(bytesOf(documentId)).toEqual(pdf);
    const { document } = cloud.documents.get(documentId ?? '') ?? {};
    expect(document).toMatchObject({ ...metadata, mediaType: 'application/pdf', sizeBytes: pdf.length });
    expect(document?.fileName).toMatch(/^provider_payments_\d{8}_\d{6}_[0-9a-f]{8}\.pdf$/);
    expect(atPut.names).toEqual([]);
  });

  it.each<[string, () => ReportContent]>([
    ['a stream', () => Readable.from([pdf.subarray(0, 5), pdf.subarray(5)])],
    ['a stream of the web', () => new Blob([new Uint8Array(pdf)]).stream() as never],
    ['a generator', () => onePdf()],
  ])('of %s is kept in a private file meanwhile', async (_, content) => {
    const { success, documentId } = await put(content());
    expect([success, bytesOf(documentId)]).toEqual([true, pdf]);
    expect(atPut.names).toHaveLength(1);
    expect(atPut.modes).toEqual([0o700, 0o600]);
  });

  it('of a path or URL is read where it is', async () => {
    const folder = mkdtempSync(join(tmpdir(), '..', 'report-'));
    const path = join(folder, 'report.pdf');
    writeFileSync(path, pdf);
    for (const where of [path, new URL(`file://${path}`)]) {
      const { documentId } = await put(where);
      expect(bytesOf(documentId)).toEqual(pdf);
      expect(atPut.names).toEqual([]);
    }
    expect(readFileSync(path)).toEqual(pdf);
    rmSync(folder, { recursive: true });
  });

  it('keeps one key over all attempts of a call, and another for each call', async () => {
    const keys: (string | null)[] = [];
    const spying: typeof fetch = (input, init) => {
      if (init?.method === 'POST') keys.push(new Headers(init.headers).get('idempotency-key'));
      return fetch(input, init);
    };
    cloud.faults.push({ on: /^POST/, cut: 'after' });
    await put(pdf, {}, { fetch: spying });
    await put(pdf, {}, { fetch: spying });
    expect(keys).toHaveLength(3);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('that is still being checked after the wait is no failure, nor a success', async () => {
    cloud.states = ['scanning'];
    expect(await put(pdf, { waitMilliseconds: 1 })).toMatchObject({ success: false, state: 'scanning' });
    expect(await put(pdf, { waitMilliseconds: 1 })).not.toHaveProperty('error');
  });
});

const failing = (
  what: string,
  name: string,
  run: (options: ReportOptions) => ReturnType<typeof put>,
): [string, string, typeof run] => [what, name, run];

describe.each([
  failing('a service that is not there', 'NetworkError', (options) =>
    put(pdf, options, { baseUrl: 'http://127.0.0.1:1' }),
  ),
  failing('answers of 503', 'ProblemError', (options) => {
    for (let n = 0; n < 6; n += 1)
      cloud.faults.push({ on: /^POST/, answer: problem('service-unavailable', 503, 'Wait a moment.') });
    return put(pdf, options);
  }),
  failing('metadata that the profile refuses', 'ProblemError', (options) => {
    cloud.faults.push({ on: /^POST/, answer: problem('invalid-request', 422, 'Correct the fields.') });
    return put(pdf, options);
  }),
  failing('a token that cannot be got', 'RangeError', (options) =>
    put(pdf, options, {
      token: () => {
        throw new RangeError('no token');
      },
    }),
  ),
  failing('a stream that breaks off', 'FileError', (options) =>
    put(
      Readable.from(
        (async function* () {
          yield pdf;
          throw new Error('the generator of reports died');
        })(),
      ),
      options,
    ),
  ),
  failing('a stream that was destroyed', 'FileError', (options) => {
    const stream = Readable.from([pdf]);
    stream.destroy();
    return put(stream, options);
  }),
  failing('a stream that never ends', 'ReportTimeoutError', (options) =>
    put(new Readable({ read: () => undefined }), { ...options, limitMilliseconds: 50 }),
  ),
  failing('a file that is missing', 'FileError', (options) => put(join(temporary, 'missing.pdf'), options)),
  failing('no bytes', 'FileError', (options) => put(new Uint8Array(), options)),
  failing('content that is none', 'FileError', (options) => put(7 as never, options)),
  failing('a document that was rejected', 'ReportRejectedError', (options) => {
    cloud.states = ['rejected'];
    return put(pdf, options);
  }),
  failing('a signal', 'AbortError', (options) => put(pdf, { ...options, signal: AbortSignal.abort() })),
])('%s', (_, name, run) => {
  it('is returned to who asked for that, with what is known', async () => {
    const result = await run({ onFailure: 'return' });
    expect(result.success).toBe(false);
    expect(result.error?.name).toBe(name);
    expect('documentId' in result).toBe(name === 'ReportRejectedError');
  });

  it('is thrown at everybody else', async () => {
    expect(await rejectionOf(run({}))).toMatchObject({ name });
  });
});

it('nonsense instead of metadata and options does no more than fail', async () => {
  const client = createServiceClient({ baseUrl: cloud.url, token: () => 'good-token', timing: fakeTiming() });
  const options = { onFailure: 'return' } as const;
  expect((await client.putReport(pdf, undefined as never, options)).error).toBeInstanceOf(Error);
  const thrown = { ...options, signal: AbortSignal.abort('no error at all') };
  expect((await client.putReport(pdf, metadata, thrown)).error).toMatchObject({ cause: 'no error at all' });
});

it('a failure after the declaration tells which document it was', async () => {
  for (let n = 0; n < 6; n += 1) cloud.faults.push({ on: /^PUT/, cut: 'before' });
  const { error, documentId, key, state } = await put(pdf, { onFailure: 'return' });
  expect(error?.name).toBe('NetworkError');
  expect([state, key?.endsWith(documentId ?? '-')]).toEqual(['pending', true]);
});
