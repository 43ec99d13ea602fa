import type { Cause, DocumentState } from '../../contract/states.ts';

export type { Cause };

/**
 * What must hold in the record besides its state:
 * - `absent`: there is no record yet.
 * - `unpinned`: no version was ever pinned; `versionId` is written once.
 * - `same-version`: the observed version is the pinned one.
 * - `overdue`: `sweepAfter` has passed, so no PUT can still be under way.
 * - `deleted-from-available`: it was available when it was deleted.
 * - `retention-over`: `retainUntil` has passed.
 */
export type Requirement =
  | 'absent'
  | 'unpinned'
  | 'same-version'
  | 'overdue'
  | 'deleted-from-available'
  | 'retention-over';

export interface Transition {
  readonly from: readonly DocumentState[];
  readonly to: DocumentState;
  readonly causes: readonly Cause[];
  readonly requires: readonly Requirement[];
}

/**
 * The whole life of a document. The conditions of every write, the property tests and the picture in
 * docs/lifecycle.md are derived from this table; nothing else decides what may follow what.
 */
export const transitions = {
  declare: { from: [], to: 'pending', causes: ['declared'], requires: ['absent'] },
  accept: { from: ['pending'], to: 'available', causes: ['object-created', 'sweep'], requires: ['unpinned'] },
  quarantine: { from: ['pending'], to: 'scanning', causes: ['object-created', 'sweep'], requires: ['unpinned'] },
  refuse: { from: ['pending'], to: 'rejected', causes: ['object-created', 'sweep'], requires: ['unpinned'] },
  expire: { from: ['pending'], to: 'expired', causes: ['sweep'], requires: ['unpinned', 'overdue'] },
  clear: {
    from: ['scanning'],
    to: 'available',
    causes: ['object-created', 'scan-verdict', 'sweep'],
    requires: ['same-version'],
  },
  condemn: {
    from: ['scanning', 'available'],
    to: 'rejected',
    causes: ['object-created', 'scan-verdict', 'sweep'],
    requires: ['same-version'],
  },
  delete: { from: ['available', 'rejected'], to: 'deleted', causes: ['user'], requires: ['same-version'] },
  condemnDeleted: {
    from: ['deleted'],
    to: 'deleted',
    causes: ['scan-verdict', 'sweep'],
    requires: ['same-version', 'deleted-from-available'],
  },
  restore: {
    from: ['deleted'],
    to: 'available',
    causes: ['user'],
    requires: ['same-version', 'deleted-from-available'],
  },
  purge: { from: ['deleted'], to: 'purging', causes: ['sweep'], requires: ['same-version'] },
  lapse: {
    from: ['available', 'rejected'],
    to: 'purging',
    causes: ['sweep'],
    requires: ['same-version', 'retention-over'],
  },
  finishPurge: { from: ['purging'], to: 'purged', causes: ['sweep'], requires: ['same-version'] },
} as const satisfies Record<string, Transition>;

export type TransitionName = keyof typeof transitions;
