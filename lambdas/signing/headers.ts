import { flat } from './encode.ts';

/** The names of all headers that are signed, `host` among them, and all that one set of names makes. */
export interface SignedHeaders {
  /** In code point order. */
  readonly names: readonly string[];
  /** What stands before each value in a canonical request, the end of the line above included. */
  readonly labels: readonly string[];
  /** What comes after the last value: the end of the headers, and their names joined by semicolons. */
  readonly ending: string;
  /** The parameter `X-Amz-SignedHeaders`, with an ampersand before it. */
  readonly parameter: string;
}

/** Lower case, so that no name comes twice; unreserved characters, so that none needs encoding in the URL. */
const headerName = /^[a-z0-9._~-]+$/;
const namesOfTheSigner = new Set([
  'host',
  'date',
  'authorization',
  'x-amz-date',
  'x-amz-content-sha256',
  'x-amz-security-token',
]);

const asItStands = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;
const controlButTab = /[^\P{Cc}\t]/u;

/**
 * `host` and all given headers in canonical form, up to the last value (S3 API reference, "Authenticating Requests:
 * Using Query Parameters"). Throws RangeError for a value that no HTTP client could send.
 */
export const canonicalHeaders = (
  { names, labels }: SignedHeaders,
  host: string,
  headers: Readonly<Record<string, string>>,
): string => {
  let lines = '';
  for (let index = 0; index < names.length; index++) {
    const name = names[index] ?? '';
    lines += labels[index] + (name === 'host' ? host : canonicalValue(name, headers[name] ?? ''));
  }
  return lines;
};

/** The last set of names and what it makes: one kind of link after another has the same. */
let kept: { readonly given: readonly string[]; readonly signed: SignedHeaders } | undefined;

/** Throws RangeError for a header that the signer itself writes, or whose name is not in lower case. */
export const signedHeaders = (headers: Readonly<Record<string, string>>): SignedHeaders => {
  if (kept && isSame(kept.given, headers)) return kept.signed;
  const given = Object.keys(headers);
  for (const name of given) {
    if (!headerName.test(name) || namesOfTheSigner.has(name)) {
      throw new RangeError(`The header '${name}' cannot be signed: it is not in lower case, or is the signer's own.`);
    }
  }
  const names = ['host', ...given].sort();
  const signed = {
    names,
    labels: names.map((name) => flat(`\n${name}:`)),
    ending: flat(`\n\n${names.join(';')}\nUNSIGNED-PAYLOAD`),
    parameter: flat(`&X-Amz-SignedHeaders=${names.join('%3B')}`),
  };
  kept = { given, signed };
  return signed;
};

const isSame = (names: readonly string[], headers: Readonly<Record<string, string>>): boolean => {
  let count = 0;
  for (const name in headers) if (name !== names[count++]) return false;
  return count === names.length;
};

/** Trimmed, runs of blanks as one space. */
const canonicalValue = (name: string, value: string): string => {
  if (asItStands.test(value)) return value;
  if (controlButTab.test(value) || !value.isWellFormed()) {
    throw new RangeError(`The value of the header '${name}' holds characters that cannot be sent.`);
  }
  return value.replace(/[ \t]+/g, ' ').replace(/^ | $/g, '');
};
