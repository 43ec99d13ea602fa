import { NetworkError } from '../../../client/errors.ts';
import type { PutAnswer, Transport } from '../../../client/transport/transport.ts';
import { checksumOf } from './fake-hasher.ts';
import { formOf } from './form-of.ts';
import type { HostileService, StoredUpload } from './hostile-service.ts';

const error = (status: number, code: string, message = 'x', retryAfter?: string): PutAnswer => ({
  status,
  etag: undefined,
  retryAfter,
  body: `<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
});

const stored: PutAnswer = { status: 200, etag: '"1"', retryAfter: undefined, body: '' };

const lost = () =>
  new NetworkError('The connection to the storage was lost. Check the network connection and try again.');

/** What a URL of the service says of itself; nobody forges one here. */
export interface Signed {
  readonly documentId: string;
  readonly uploadId: string;
  readonly partNumber: number;
  readonly sizeBytes: number;
  readonly checksum: string;
  readonly checksumHeader: string;
  readonly expiresAt: number;
}

/** S3 as a browser sees it on a bad day. It is wrong about nothing that it stores: whatever it was not promised it refuses. */
export const hostileTransport =
  (service: HostileService): Transport =>
  async ({ method, url, headers: sentHeaders, body: sentBody, signal, onSent }) => {
    const { time, happens, faults } = service;
    const signed = JSON.parse(decodeURIComponent(url.slice(url.indexOf('#') + 1))) as Signed;
    if (!(sentBody instanceof Uint8Array)) throw new Error('This storage takes bytes only.');
    const form = method === 'POST' ? formOf(sentHeaders['content-type'] ?? '', sentBody) : undefined;
    const { headers, body } = form
      ? { headers: form.fields, body: form.file }
      : { headers: sentHeaders, body: sentBody };
    service.sends.push({ ...signed, at: time.now() });
    await time.sleep(service.pause(), signal);
    if (happens(faults.cutBefore)) throw lost();
    onSent(Math.floor(body.byteLength / 2));
    if (happens(faults.stall)) await time.sleep(3_600_000, signal);
    if (happens(faults.busy)) return error(503, 'SlowDown', 'x', happens(0.3) ? '2' : undefined);
    if (happens(faults.broken)) return error(500, 'InternalError');
    if (happens(faults.expire) || signed.expiresAt < time.now())
      return error(403, 'AccessDenied', 'Request has expired');
    await time.sleep(service.pause(), signal);
    onSent(body.byteLength);
    const arrived = Uint8Array.from(body);
    if (happens(faults.corrupt)) arrived[0] = (arrived[0] ?? 0) ^ 1;
    const answer = take(service, signed, headers, arrived, form !== undefined);
    if (answer.status < 300) service.taken.push({ ...signed, at: time.now() });
    // The same request once more, later, as networks do: the storage may be elsewhere by then.
    if (happens(faults.duplicate))
      time.after(service.pause() * 3, () => take(service, signed, headers, arrived, form !== undefined));
    if (happens(faults.cutAfter)) throw lost();
    await time.sleep(service.pause(), signal);
    if (answer.status < 300) service.delivered.push({ ...signed, at: time.now() });
    return answer;
  };

function take(
  service: HostileService,
  signed: Signed,
  headers: Readonly<Record<string, string>>,
  bytes: Uint8Array,
  isForm: boolean,
): PutAnswer {
  const upload = service.uploads.get(signed.documentId);
  if (upload === undefined) return error(404, 'NoSuchKey');
  if (headers[signed.checksumHeader] !== signed.checksum || bytes.byteLength !== signed.sizeBytes)
    return error(403, 'SignatureDoesNotMatch');
  if (checksumOf(bytes, upload.algorithm) !== signed.checksum) return error(400, 'BadDigest');
  return signed.partNumber === 0 ? takeWhole(service, upload, bytes, isForm) : takePart(upload, signed, bytes);
}

/** A form has no condition: it stores again what it stored. */
function takeWhole(service: HostileService, upload: StoredUpload, bytes: Uint8Array, isForm: boolean): PutAnswer {
  if (!isForm && upload.object !== undefined) return error(412, 'PreconditionFailed');
  service.store(upload, bytes);
  return isForm ? { ...stored, status: 201 } : stored;
}

function takePart(upload: StoredUpload, { uploadId, partNumber, checksum }: Signed, bytes: Uint8Array): PutAnswer {
  if (upload.uploadId !== uploadId || upload.isEnded) return error(404, 'NoSuchUpload');
  upload.parts.set(partNumber, { bytes, checksum });
  return stored;
}
