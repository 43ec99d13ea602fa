import { createHash } from 'node:crypto';
import { partRangeOf, partsCountOf } from '../../../contract/parts.ts';
import type { Document } from '../../../contract/schemas/document.ts';
import { checksumOf } from './fake-hasher.ts';
import type { HostileService, StoredUpload } from './hostile-service.ts';

interface Answer {
  readonly status: number;
  readonly value: object;
}

const problem = (kind: string, status: number, more: object = {}): Answer => ({
  status,
  value: {
    type: `https://sealdrop.example/problems/${kind}`,
    title: kind,
    status,
    detail: `It is ${kind}.`,
    requestId: 'r',
    ...more,
  },
});

const ok = (value: object): Answer => ({ status: 200, value });

/** `fetch` of the API. */
export const hostileFetch = (service: HostileService): typeof fetch => {
  const { time, happens, faults } = service;
  const respond = (status: number, value: object): Response => {
    const headers = { date: new Date(time.now()).toUTCString(), 'content-type': 'application/json' };
    return new Response(JSON.stringify(value), { status, headers });
  };
  return async (url, init) => {
    const { pathname } = new URL(String(url));
    const call = `${init?.method} ${pathname}`;
    service.calls.push(call);
    await time.sleep(service.pause(), init?.signal ?? undefined);
    const isLost = happens(faults.apiLost);
    if (isLost && happens(0.5)) throw new TypeError('Failed to fetch');
    if (happens(faults.apiBroken)) {
      const { status, value } = problem('internal-error', 500);
      return respond(status, value);
    }
    if (happens(faults.unauthenticated)) {
      const { status, value } = problem('unauthenticated', 401);
      return respond(status, value);
    }
    const key = new Headers(init?.headers).get('idempotency-key') ?? undefined;
    const { status, value } = answerTo(service, call, JSON.parse(String(init?.body ?? 'null')), key);
    await time.sleep(service.pause(), init?.signal ?? undefined);
    if (isLost) throw new TypeError('Failed to fetch');
    return respond(status, value);
  };
};

// biome-ignore lint/suspicious/noExplicitAny: what a client sent, read by the route it sent it to.
type Body = any;

function answerTo(service: HostileService, call: string, body: Body, key: string | undefined): Answer {
  if (call === 'POST /v1/documents') return { ...ok(declare(service, [body], key)[0] ?? {}), status: 201 };
  if (call === 'POST /v1/documents/batch') return ok({ results: declare(service, body.documents, key) });
  if (call === 'GET /v1/me/documents')
    return ok({ documents: [...service.uploads.values()].map((one) => one.document) });
  const [, documentId = '', rest = ''] = /^\w+ \/v1\/documents\/([^/]+)\/?(.*)$/.exec(call) ?? [];
  const upload = service.uploads.get(documentId);
  if (upload === undefined) return problem('document-not-found', 404);
  if (rest === '') return ok(upload.document);
  if (rest === 'upload') return abort(upload);
  if (rest === 'complete') return complete(service, upload, body.checksum);
  if (upload.isEnded) return problem('upload-ended', 409);
  return call.startsWith('GET') ? ok(listParts(service, upload)) : ok(signParts(service, upload, body.parts));
}

function declare(service: HostileService, bodies: readonly Body[], key: string | undefined): object[] {
  const ids = service.keys.get(key ?? '') ?? bodies.map((body) => create(service, body));
  if (key !== undefined) service.keys.set(key, ids);
  return ids.map((id) => {
    const upload = service.uploads.get(id);
    if (upload === undefined) throw new Error('Nothing is ever removed here.');
    return { document: upload.document, upload: instructionOf(service, upload) };
  });
}

function create({ uploads, time, aboveSizeBytes }: HostileService, body: Body): string {
  if (body.sizeBytes > aboveSizeBytes !== (body.sha256 === undefined)) throw new Error('Declared in the wrong way.');
  const id = `document-${uploads.size + 1}`;
  const document = {
    ...body,
    id,
    revision: 1,
    state: 'pending',
    uploadExpiresAt: at(time.now() + 300_000),
  } as Document;
  const algorithm = body.checksumAlgorithm ?? 'SHA256';
  uploads.set(id, { body, algorithm, document, uploadId: `${id}-1`, isEnded: false, parts: new Map() });
  return id;
}

const at = (milliseconds: number): string => new Date(milliseconds).toISOString();

function instructionOf(service: HostileService, upload: StoredUpload): object {
  const { body, document } = upload;
  if (document.state !== 'pending' || upload.isEnded) return { kind: 'none' };
  if (body.sizeBytes > service.aboveSizeBytes) return { kind: 'multipart', ...planOf(service, upload) };
  const expiresAt = Date.parse(document.uploadExpiresAt);
  if (expiresAt < service.time.now()) return { kind: 'none' };
  const checksum = Buffer.from(body.sha256 ?? '', 'hex').toString('base64');
  const signed = {
    documentId: document.id,
    uploadId: '',
    partNumber: 0,
    sizeBytes: body.sizeBytes,
    checksum,
    expiresAt,
  };
  const url = `https://s3.example/#${encodeURIComponent(JSON.stringify({ ...signed, checksumHeader: 'x-amz-checksum-sha256' }))}`;
  const headers = { 'x-amz-checksum-sha256': checksum };
  if (body.transfer === 'form')
    return { kind: 'form-post', method: 'POST', url, fields: headers, expiresAt: document.uploadExpiresAt };
  return { kind: 'single-put', method: 'PUT', url, headers, expiresAt: document.uploadExpiresAt };
}

const planOf = ({ partSizeBytes, time }: HostileService, { body, algorithm }: StoredUpload) => ({
  partSizeBytes,
  partsCount: partsCountOf(body.sizeBytes, partSizeBytes),
  checksumAlgorithm: algorithm,
  expiresAt: at(time.now() + 86_400_000),
});

const listParts = (service: HostileService, upload: StoredUpload) => ({
  ...planOf(service, upload),
  parts: [...upload.parts].map(([partNumber, { bytes, checksum }]) => ({
    partNumber,
    sizeBytes: bytes.byteLength,
    etag: '"1"',
    checksum,
  })),
});

/** The template carries what all have in common; here the signature carries all the rest. */
function signParts({ time, partSizeBytes }: HostileService, upload: StoredUpload, parts: readonly Body[]): object {
  const checksumHeader = upload.algorithm === 'SHA256' ? 'x-amz-checksum-sha256' : 'x-amz-checksum-crc64nvme';
  const expiresAt = time.now() + 300_000;
  const signatures = parts.map(({ partNumber, checksum }) => {
    const { start, end } = partRangeOf(partNumber, upload.body.sizeBytes, partSizeBytes);
    const { uploadId, document } = upload;
    const signed = {
      documentId: document.id,
      uploadId,
      partNumber,
      sizeBytes: end - start,
      checksum,
      checksumHeader,
      expiresAt,
    };
    return encodeURIComponent(JSON.stringify(signed));
  });
  const urlTemplate = 'https://s3.example/{partNumber}#{signature}';
  return { method: 'PUT', urlTemplate, headers: {}, checksumHeader, signatures, expiresAt: at(expiresAt) };
}

function abort(upload: StoredUpload): Answer {
  upload.isEnded = true;
  upload.parts.clear();
  return ok(upload.document);
}

function complete(service: HostileService, upload: StoredUpload, checksum: string | undefined): Answer {
  if (upload.object !== undefined) return ok(upload.document);
  if (upload.isEnded) return problem('upload-ended', 409);
  const { happens, faults, wanted, time } = service;
  const { partsCount } = planOf(service, upload);
  if (happens(faults.restart)) {
    upload.uploadId += '1';
    upload.parts.clear();
    return problem('upload-restarted', 409);
  }
  const [first] = upload.parts.keys();
  if (first !== undefined && happens(faults.foreign)) {
    const bytes = Buffer.alloc(upload.parts.get(first)?.bytes.byteLength ?? 0, 'x');
    upload.parts.set(first, { bytes, checksum: checksumOf(bytes, upload.algorithm) });
  }
  if (first !== undefined && happens(faults.partsLost)) upload.parts.delete(first);
  const numbers = Array.from({ length: partsCount }, (_, index) => index + 1);
  const missing = numbers.filter((partNumber) => !upload.parts.has(partNumber));
  if (missing.length > 0) {
    wanted.push(...missing.map((partNumber) => ({ part: `${upload.document.id}/${partNumber}`, at: time.now() })));
    const errors = missing.map((partNumber) => ({ pointer: `/parts/${partNumber}`, detail: 'It is missing.' }));
    return problem('upload-incomplete', 409, { errors });
  }
  const bytes = Buffer.concat(numbers.map((partNumber) => upload.parts.get(partNumber)?.bytes ?? Buffer.alloc(0)));
  const whole = upload.algorithm === 'SHA256' ? compositeOf(upload, numbers) : checksumOf(bytes, 'CRC64NVME');
  if (checksum !== undefined && checksum !== whole) return problem('checksum-mismatch', 409);
  service.store(upload, bytes);
  return ok(upload.document);
}

const compositeOf = ({ parts }: StoredUpload, numbers: readonly number[]): string => {
  const hash = createHash('sha256');
  for (const partNumber of numbers) hash.update(Buffer.from(parts.get(partNumber)?.checksum ?? '', 'base64'));
  return hash.digest('base64');
};
