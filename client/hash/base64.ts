/** Base64 of a few bytes, without Node's Buffer: checksums as S3 writes them. */
export const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** Throws a `TypeError` where it is not Base64 of exactly `sizeBytes` bytes: a checksum of S3 always is. */
export function fromBase64(text: string, sizeBytes: number): Uint8Array<ArrayBuffer> {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length !== 4 * Math.ceil(sizeBytes / 3)) throw notOf(sizeBytes);
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  if (bytes.byteLength !== sizeBytes) throw notOf(sizeBytes);
  return bytes;
}

const notOf = (sizeBytes: number): TypeError => new TypeError(`A checksum is not Base64 of ${sizeBytes} bytes.`);

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export const hexToBytes = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: hex.length / 2 }, (_, index) => Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16));
