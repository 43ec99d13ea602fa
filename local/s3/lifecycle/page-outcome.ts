/** What one step of a run did, in one transaction. */
export interface PageOutcome<Place> {
  /** Where the next step begins; undefined: there is none. */
  readonly next: Place | undefined;
  /** Of what is gone: to be released after the transaction. */
  readonly staleBlobIds: readonly string[];
}

/** Versions or uploads looked at in one step: a few milliseconds, so that requests get their turn in between. */
export const pageSize = 100;
