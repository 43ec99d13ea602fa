/**
 * The EICAR test file (eicar.org, "Anti Malware Testfile"): 68 bytes that every scanner calls malware and that do
 * nothing. In two halves, because virus scanners would put this file away otherwise.
 */
export const eicar = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''),
);

export interface Matcher {
  update(chunk: Uint8Array): void;
  readonly found: boolean;
}

/** Looks for a pattern anywhere in bytes that come in chunks of any sizes. Keeps less than one pattern of them. */
export const createMatcher = (pattern: Buffer): Matcher => {
  let rest = Buffer.alloc(0);
  let found = false;
  return {
    update: (chunk) => {
      if (found) return;
      const bytes = Buffer.concat([rest, chunk]);
      found = bytes.includes(pattern);
      rest = bytes.subarray(Math.max(0, bytes.length - pattern.length + 1));
    },
    get found() {
      return found;
    },
  };
};
