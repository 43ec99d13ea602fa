import { uriEncode, uriEncodePath } from './uri-encode.ts';

/** `path` and `query` are decoded; header names are in lower case and values hold one character per byte. */
export interface SignableRequest {
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: ReadonlyMap<string, string>;
}

/**
 * "Create a canonical request" of the SigV4 reference, in S3's reading: the path is encoded once and never normalised.
 * The result holds one character per byte, because header values do. A header that is signed but absent gets no
 * line, so no signature over a value can match it.
 */
export function canonicalRequest(
  request: SignableRequest,
  claim: { readonly signedHeaders: readonly string[]; readonly payloadHash: string },
): string {
  const query = request.query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]): readonly [string, string] => [uriEncode(name), uriEncode(value)])
    .sort(([nameA, valueA], [nameB, valueB]) => order(nameA, nameB) || order(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const headers = claim.signedHeaders.flatMap((name) => {
    const value = request.headers.get(name);
    return value === undefined ? [] : [`${name}:${normalized(value)}\n`];
  });
  return [
    request.method,
    uriEncodePath(request.path),
    query,
    headers.join(''),
    claim.signedHeaders.join(';'),
    claim.payloadHash,
  ].join('\n');
}

/** Only spaces and tabs: `trim` would take off A0 too, the last byte of `à`. */
const normalized = (value: string): string => value.replace(/[ \t]+/g, ' ').replace(/^ | $/g, '');

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
