import { createHash } from 'node:crypto';
import type { Content } from '../../../../client/download/content-hash.ts';
import { wasmHash } from '../../../../client/hash/wasm.ts';
import { type Client, type ClientOptions, createClient } from '../../../../client/index.ts';
import { type FakeTiming, fakeTiming } from '../../support/fake-timing.ts';

/** What the storage does to one request instead of serving it well. */
export type Fault =
  | { readonly kind: 'cut'; readonly afterBytes: number }
  | { readonly kind: 'stall'; readonly afterBytes: number }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'refuse'; readonly status: number; readonly code: string; readonly message?: string }
  /** Sends everything, whatever was asked for. */
  | { readonly kind: 'whole' }
  | { readonly kind: 'flip'; readonly atByte: number }
  /** Tells another range than was asked for. */
  | { readonly kind: 'other-range' }
  | { readonly kind: 'longer' }
  | { readonly kind: 'shorter'; readonly byBytes: number };

export const expiredFault: Fault = {
  kind: 'refuse',
  status: 403,
  code: 'AccessDenied',
  message: 'Request has expired',
};

export interface Scene {
  readonly client: Client;
  readonly timing: FakeTiming;
  readonly content: Content;
  /** One for each request to the storage, in order; none where it is to be served well. */
  readonly faults: (Fault | undefined)[];
  /** The `Range` of each request to the storage, empty where it had none. */
  readonly ranges: string[];
  /** The link of each request to the storage. */
  readonly urls: string[];
  /** How many links were given out, each of which is an entry of the history. */
  links(): number;
}

const documentId = '01890000-0000-7000-8000-000000000001';
const pattern = Uint8Array.from({ length: 65_521 }, (_, index) => (index * 31 + (index >> 8)) % 251);
export const bytesOf = (sizeBytes: number): Buffer<ArrayBuffer> =>
  sizeBytes === 0 ? Buffer.alloc(0) : Buffer.alloc(sizeBytes, pattern);

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

/** What a record says of bytes: for each way of keeping a hash. */
export const recorded = {
  declared: async (bytes: Uint8Array): Promise<Content> => ({
    sizeBytes: bytes.byteLength,
    sha256: sha256(bytes).toString('hex'),
  }),
  sha256: async (bytes: Uint8Array): Promise<Content> => ({
    sizeBytes: bytes.byteLength,
    checksum: { algorithm: 'SHA256', type: 'FULL_OBJECT', value: sha256(bytes).toString('base64') },
  }),
  composite: async (bytes: Uint8Array, partSizeBytes = 5 * 1024 ** 2): Promise<Content> => {
    const parts = Array.from({ length: Math.ceil(bytes.byteLength / partSizeBytes) }, (_, index) =>
      sha256(bytes.subarray(index * partSizeBytes, (index + 1) * partSizeBytes)),
    );
    const value = sha256(Buffer.concat(parts)).toString('base64');
    return { sizeBytes: bytes.byteLength, checksum: { algorithm: 'SHA256', type: 'COMPOSITE', value, partSizeBytes } };
  },
  crc64: async (bytes: Uint8Array): Promise<Content> => {
    const hash = await wasmHash('CRC64NVME');
    hash.update(bytes);
    const value = Buffer.from(hash.digest()).toString('base64');
    return { sizeBytes: bytes.byteLength, checksum: { algorithm: 'CRC64NVME', type: 'FULL_OBJECT', value } };
  },
} as const;

/** An API with one document and a storage with its bytes, both in this process, and a client of them. */
export function startScene(
  bytes: Uint8Array<ArrayBuffer>,
  content: Content,
  options: Partial<ClientOptions> = {},
): Scene {
  const timing = fakeTiming();
  let links = 0;
  const scene = { timing, content, faults: [] as (Fault | undefined)[], ranges: [] as string[], urls: [] as string[] };
  const document = {
    id: documentId,
    state: 'available',
    fileName: 'scan.pdf',
    mediaType: 'application/pdf',
    ...content,
  };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    init?.signal?.throwIfAborted();
    const url = String(input);
    if (url.endsWith('/download')) {
      links += 1;
      return Response.json({ url: `https://storage.test/${links}`, expiresAt: new Date().toISOString() });
    }
    if (url.startsWith('https://api.test/')) return Response.json(document);
    const range = new Headers(init?.headers).get('range') ?? '';
    scene.ranges.push(range);
    scene.urls.push(url);
    return answer(bytes, range, scene.faults.shift(), init?.signal ?? undefined);
  };
  const client = createClient({ baseUrl: 'https://api.test', token: () => 'token', timing, fetch, ...options });
  return { ...scene, client, links: () => links };
}

const chunkSizeBytes = 300_000;

function answer(
  whole: Uint8Array<ArrayBuffer>,
  range: string,
  fault: Fault | undefined,
  signal: AbortSignal | undefined,
): Response {
  if (fault?.kind === 'unreachable') throw new TypeError('fetch failed');
  if (fault?.kind === 'refuse')
    return new Response(`<Error><Code>${fault.code}</Code><Message>${fault.message ?? ''}</Message></Error>`, {
      status: fault.status,
    });
  const [, first = '0', last = String(whole.byteLength - 1)] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  const isPart = range !== '' && fault?.kind !== 'whole';
  const served = isPart ? whole.subarray(Number(first), Number(last) + 1) : whole;
  const start = fault?.kind === 'other-range' ? Number(first) + 1 : Number(first);
  return new Response(streamOf(changed(served, fault), fault, signal), {
    status: isPart ? 206 : 200,
    headers: isPart ? { 'content-range': `bytes ${start}-${last}/${whole.byteLength}` } : {},
  });
}

function changed(bytes: Uint8Array<ArrayBuffer>, fault: Fault | undefined): Uint8Array<ArrayBuffer> {
  if (fault?.kind === 'longer') return Buffer.concat([bytes, Buffer.from('more')]);
  if (fault?.kind === 'shorter') return bytes.subarray(0, Math.max(0, bytes.byteLength - fault.byBytes));
  if (fault?.kind !== 'flip') return bytes;
  const flipped = bytes.slice();
  const at = fault.atByte % flipped.byteLength;
  flipped[at] = (flipped[at] ?? 0) ^ 1;
  return flipped;
}

function streamOf(bytes: Uint8Array<ArrayBuffer>, fault: Fault | undefined, signal: AbortSignal | undefined) {
  const end =
    fault?.kind === 'cut' || fault?.kind === 'stall' ? Math.min(fault.afterBytes, bytes.byteLength) : bytes.byteLength;
  let at = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      signal?.throwIfAborted();
      if (at < end) {
        const next = Math.min(at + chunkSizeBytes, end);
        controller.enqueue(bytes.slice(at, next));
        at = next;
      } else if (fault?.kind === 'cut') {
        controller.error(new TypeError('terminated'));
      } else if (fault?.kind === 'stall') {
        await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
      } else {
        controller.close();
      }
    },
  });
}

/** A stream that keeps what is written, and how it ended. */
export function keeping() {
  const chunks: Uint8Array[] = [];
  const kept = { bytes: () => Buffer.concat(chunks), ended: 'open', reason: undefined as unknown };
  const stream = new WritableStream<Uint8Array<ArrayBuffer>>({
    write: (chunk) => void chunks.push(chunk),
    close: () => {
      kept.ended = 'closed';
    },
    abort: (reason) => {
      kept.ended = 'aborted';
      kept.reason = reason;
    },
  });
  return { ...kept, stream, how: () => kept.ended, why: () => kept.reason };
}

export { documentId };
