import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Person } from './people.ts';

/** What a person agreed to on the sign-in page; a code stands for it. */
export interface Agreement {
  readonly person: Person;
  /** Who may redeem the code, and where it was sent to (RFC 6749 section 4.1.3). */
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly nonce: string | undefined;
  /** base64url(SHA-256(code verifier)), RFC 7636 section 4.2. */
  readonly codeChallenge: string;
}

export interface Codes {
  issue(agreement: Agreement): string;
  /** Undefined for a code that was never issued, was used before or has expired. */
  redeem(code: string): Agreement | undefined;
}

/** RFC 6749 section 4.1.2 allows ten minutes at most; a page comes back within seconds. */
export const codeExpiresInSeconds = 60;

/** Codes that nobody redeemed; the oldest give way. */
const outstandingMax = 1000;

/** Kept in memory only: a code does not outlive the process. */
export const createCodes = (clock: Clock): Codes => {
  const outstanding = new Map<string, Agreement & { readonly expiresAt: number }>();
  return {
    issue: (agreement) => {
      const [oldest] = outstanding.keys();
      if (oldest !== undefined && outstanding.size >= outstandingMax) outstanding.delete(oldest);
      const code = randomBytes(32).toString('base64url');
      outstanding.set(code, { ...agreement, expiresAt: clock.now().getTime() + codeExpiresInSeconds * 1000 });
      return code;
    },
    redeem: (code) => {
      const agreement = outstanding.get(code);
      outstanding.delete(code);
      return agreement !== undefined && clock.now().getTime() < agreement.expiresAt ? agreement : undefined;
    },
  };
};
