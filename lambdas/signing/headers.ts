/** The part of a canonical request that is made of headers. */
export interface CanonicalHeaders {
  /** `name:value`, each line ended. */
  readonly lines: string;
  /** Sorted and joined by semicolons, as in `X-Amz-SignedHeaders`. */
  readonly names: string;
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
  const names = ['host'];
  for (const name of Object.keys(headers)) {
    if (!headerName.test(name) || namesOfTheSigner.has(name)) {
      throw new RangeError(`The header '${name}' cannot be signed: it is not in lower case, or is the signer's own.`);
    }
    names.push(name);
  }
  names.sort();
  let lines = '';
  for (const name of names) lines += `${name}:${name === 'host' ? host : canonicalValue(name, headers[name] ?? '')}\n`;
  return { lines, names: names.join(';') };
};

/** Trimmed, runs of blanks as one space. */
const canonicalValue = (name: string, value: string): string => {
  if (asItStands.test(value)) return value;
  if (controlButTab.test(value) || !value.isWellFormed()) {
    throw new RangeError(`The value of the header '${name}' holds characters that cannot be sent.`);
  }
  return value.replace(/[ \t]+/g, ' ').replace(/^ | $/g, '');
};
