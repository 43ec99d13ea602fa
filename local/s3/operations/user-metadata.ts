/** The user guide, "User-defined metadata": names and values, in bytes of UTF-8. */
export const metadataSizeBytesMax = 2048;

export const metadataPrefix = 'x-amz-meta-';

/** One word of RFC 2047 that says it is UTF-8, in Base64 or quoted-printable. */
const encodedWord = /^=\?utf-8\?(?:b\?(?<base64>[A-Za-z0-9+/=]*)|q\?(?<quoted>[\x21-\x3e\x40-\x7e]*))\?=$/i;

/**
 * "Values of such headers are character decoded as per RFC 2047 before storing." Other bytes than those of ASCII are
 * taken for Latin-1, as the example of the user guide shows.
 */
export function decodeMetadataValue(header: string): string {
  const { base64, quoted } = encodedWord.exec(header)?.groups ?? {};
  const bytes =
    quoted === undefined
      ? Buffer.from(base64 ?? '', 'base64')
      : Buffer.from(
          quoted
            .replaceAll('_', ' ')
            .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
          'latin1',
        );
  return base64 === undefined && quoted === undefined ? header : bytes.toString();
}

/** "And encoded as per RFC 2047 to make them mail-safe before returning"; what is ASCII is told as it is. */
const encodeMetadataValue = (value: string): string =>
  /^[\t\x20-\x7e]*$/.test(value) ? value : `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`;

/** The headers that came with an object, as they are told of it. */
export const metadataHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      name.startsWith(metadataPrefix) ? encodeMetadataValue(value) : value,
    ]),
  );
