/** A form with one file, as it goes over the network. */
export interface FormBody {
  readonly contentType: string;
  readonly body: Blob | Uint8Array<ArrayBuffer>;
}

/** As browsers write names and nothing else in a form (HTML standard, "multipart/form-data encoding algorithm"). */
const quoted = (name: string): string =>
  `"${name.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22')}"`;

/**
 * `multipart/form-data` (RFC 7578) of fields and then the file, which S3 wants last. Written here and not by `FormData`:
 * that takes a `Blob`, and bytes in memory would go through the browser's store of blobs first.
 */
export function formBody(fields: Readonly<Record<string, string>>, file: Blob | Uint8Array<ArrayBuffer>): FormBody {
  const random = crypto.getRandomValues(new Uint8Array(16));
  const boundary = `form-${Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  const begin = (name: string) => `--${boundary}\r\nContent-Disposition: form-data; name=${name}`;
  const before = Object.entries(fields).map(([name, value]) => `${begin(quoted(name))}\r\n\r\n${value}\r\n`);
  const head = `${before.join('')}${begin('"file"; filename="file"')}\r\nContent-Type: application/octet-stream\r\n\r\n`;
  const tail = `\r\n--${boundary}--\r\n`;
  const contentType = `multipart/form-data; boundary=${boundary}`;
  return { contentType, body: file instanceof Blob ? new Blob([head, file, tail]) : joined(head, file, tail) };
}

function joined(head: string, file: Uint8Array, tail: string): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const [first, last] = [encoder.encode(head), encoder.encode(tail)];
  const bytes = new Uint8Array(first.byteLength + file.byteLength + last.byteLength);
  bytes.set(first);
  bytes.set(file, first.byteLength);
  bytes.set(last, first.byteLength + file.byteLength);
  return bytes;
}
