/** The part of a canonical request that is made of headers. */
export interface CanonicalHeaders {
  /** `name:value`, each line ended. */
  readonly lines: string;
  readonly signed: SignedHeaders;
}

/** The names of all headers that are signed. */
export interface SignedHeaders {
  /** In code point order, `host` among them. */
  readonly sorted: readonly string[];
  /** Joined by semicolons. */
  readonly joined: string;
  /** Joined, as the value of `X-Amz-SignedHeaders` stands in a URL. */
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
 * `host` and all given headers in canonical form (S3 API reference, "Authenticating Requests: Using Query
 * Parameters"). Throws for a header that the signer itself writes and for one that no HTTP client could send.
 */
export const canonicalHeaders = (host: string, headers: Readonly<Record<string, string>>): CanonicalHeaders => {
  const signed = signedHeaders(headers);
  let lines = '';
  for (const name of signed.sorted) {
    lines += `${name}:${name === 'host' ? host : canonicalValue(name, headers[name] ?? '')}\n`;
  }
  return { lines, signed };
};

/** The last set of names and what it makes: one kind of link after another has the same. */
let kept: { readonly given: readonly string[]; readonly signed: SignedHeaders } | undefined;

export const signedHeaders = (headers: Readonly<Record<string, string>>): SignedHeaders => {
  if (kept && isSame(kept.given, headers)) return kept.signed;
  const given = Object.keys(headers);
  for (const name of given) {
    if (!headerName.test(name) || namesOfTheSigner.has(name)) {
      throw new RangeError(`The header '${name}' cannot be signed: it is not in lower case, or is the signer's own.`);
    }
  }
  const sorted = ['host', ...given].sort();
  const joined = sorted.join(';');
  kept = { given, signed: { sorted, joined, parameter: joined.replaceAll(';', '%3B') } };
  return kept.signed;
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
