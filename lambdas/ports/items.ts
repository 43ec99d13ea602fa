import type { Claim, ClaimRef } from '../domain/claim.ts';
import type { Link } from '../domain/link.ts';
import type { Counter, CounterRef, QuotaLimit, RecountProgress, Usage } from '../domain/quota.ts';

/** Links that work once. */
export interface Links {
  create(link: Link): Promise<void>;
  /**
   * Uses a link up, in one conditional write: of any number of requests that open it one succeeds. Undefined: there is
   * no such link; `claimed` false: it was used before, or its time is over.
   */
  claim(tokenHash: string, at: Date): Promise<{ readonly claimed: boolean; readonly link: Link } | undefined>;
}

export interface LinkTokens {
  /** A new token of 256 random bits; whoever has it has the link. */
  next(): string;
  /** What is kept of a token: it tells nothing of the token. */
  hashOf(token: string): string;
}

/**
 * Counters of what tenants and users hold. `reserve`, `touch`, `release` and `shrink` each raise the counter's revision, note
 * when it was touched, and make it due for a recount unless it is already.
 */
export interface Quotas {
  /**
   * Counts one more document, if the limit holds with it; one document alone never exceeds a limit (see
   * `contract/profile.ts`). Undefined: counted; otherwise what the counter holds.
   */
  reserve(ref: CounterRef, sizeBytes: number, limit: QuotaLimit | undefined, at: Date): Promise<Usage | undefined>;
  /** The same for several documents at once, all of them or none. */
  reserveMany(ref: CounterRef, usage: Usage, limit: QuotaLimit | undefined, at: Date): Promise<Usage | undefined>;
  /** Announces that what is counted may change. */
  touch(ref: CounterRef, at: Date): Promise<void>;
  /** Counts one document less, never below nothing. Sent once: twice would count too little. */
  release(ref: CounterRef, sizeBytes: number, at: Date): Promise<void>;
  /** Counts a document as smaller by so much than it was declared. Sent once, as a release is. */
  shrink(ref: CounterRef, sizeBytes: number, at: Date): Promise<void>;
  /** Strongly consistent. */
  find(ref: CounterRef): Promise<Counter | undefined>;
  /** What the counters of a tenant's users hold together, strongly consistent. */
  sumOfUsers(tenantId: string): Promise<Usage>;
  /** Looks at a counter later, if it is due at all. */
  setDue(ref: CounterRef, dueAt: string): Promise<void>;
  /** Remembers how far a recount came. False where the counter was touched since. */
  keepProgress(counter: Counter, progress: RecountProgress): Promise<boolean>;
  /** Writes what was recounted; it is not due any more. False where the counter was touched since. */
  settle(counter: Counter, usage: Usage): Promise<boolean>;
}

/** Keys that callers gave to their requests. */
export interface Claims {
  /** Binds the key, unless it is bound already. Gives what it is bound to: this claim, or the earlier one. */
  claim(ref: ClaimRef, claim: Claim, now: Date): Promise<Claim>;
}
