import type { RejectionReason, ScanVerdict } from '../../contract/states.ts';

/** What a verdict means for the document. `none`: there was no scan, so nothing is known and nothing opens. */
export type ScanOutcome =
  | { readonly kind: 'clean' | 'none' }
  | { readonly kind: 'rejected'; readonly reason: RejectionReason };

const outcomes: Readonly<Record<ScanVerdict, ScanOutcome>> = {
  NO_THREATS_FOUND: { kind: 'clean' },
  THREATS_FOUND: { kind: 'rejected', reason: 'malware-found' },
  // Protected by a password, too large or too deeply nested: no later scan will say more.
  UNSUPPORTED: { kind: 'rejected', reason: 'not-scannable' },
  ACCESS_DENIED: { kind: 'none' },
  FAILED: { kind: 'none' },
};

/**
 * Of what the event says and what stands on the version: clean only where neither says anything else, and whatever is
 * not one of GuardDuty's words is no verdict.
 */
export const scanOutcome = (...verdicts: readonly (ScanVerdict | undefined)[]): ScanOutcome => {
  const given = verdicts.filter((verdict) => verdict !== undefined).map((verdict) => outcomes[verdict]);
  return (
    given.find(({ kind }) => kind === 'rejected') ?? given.find(({ kind }) => kind === 'clean') ?? { kind: 'none' }
  );
};
