import type { DocumentRecord } from './document.ts';
import { followUpSecondsMax } from './due.ts';
import { type TransitionName, transitions } from './lifecycle.ts';

export interface Usage {
  readonly documents: number;
  readonly sizeBytes: number;
}

/** What a counter may hold at most. */
export interface QuotaLimit {
  readonly documentsMax: number;
  readonly sizeBytesMax: number;
}

/** A counter: of one user or, without `ownerId`, of the tenant. */
export interface CounterRef {
  readonly tenantId: string;
  readonly ownerId?: string;
}

/** How far a recount of a user came: what it counted of documents newer than `before`, while `revision` held. */
export interface RecountProgress extends Usage {
  readonly revision: number;
  readonly before: string;
}

export interface Counter extends CounterRef, Usage {
  /** Grows with everything that changes the counter, or announces that it will be changed. */
  readonly revision: number;
  readonly touchedAt: string;
  /** When it has to be recounted, absent where nothing happened since it was. */
  readonly dueAt?: string;
  readonly progress?: RecountProgress;
}

/**
 * At most one recount a day: it reads every record of a user, and what it corrects is what functions that died left
 * counted, which is too much and never too little.
 */
const recountAfterSeconds = 86_400;

const after = (at: Date, seconds: number): string => new Date(at.getTime() + seconds * 1000).toISOString();

export const recountDueAt = (at: Date): string => after(at, recountAfterSeconds);

/**
 * From here on nobody who touched the counter can still be under way: every function that changes what is counted
 * touches the counter before, and has ended by then by the clocks furthest apart.
 */
export const quietFrom = ({ touchedAt }: Pick<Counter, 'touchedAt'>): string =>
  after(new Date(touchedAt), followUpSecondsMax);

/** The counters that a document counts in: its user's, then its tenant's. */
export const countersOf = ({ tenantId, ownerId }: Pick<DocumentRecord, 'tenantId' | 'ownerId'>) =>
  [{ tenantId, ownerId }, { tenantId }] as const satisfies CounterRef[];

interface Counted {
  readonly state: DocumentRecord['state'];
  readonly deletedFrom?: DocumentRecord['deletedFrom'] | undefined;
}

/**
 * Whether a document counts: its bytes may come, are there, or can come back. What was deleted counts until it is
 * purged, so that restoring it never lacks room.
 */
export const holdsQuota = ({ state, deletedFrom }: Counted): boolean => {
  if (state === 'deleted' || state === 'purging') return deletedFrom === 'available';
  return state === 'pending' || state === 'scanning' || state === 'available';
};

/** Whether a document that counts will not count any more after a transition. None makes one count again. */
export const releasesQuota = (
  name: TransitionName,
  before: Counted,
  { deletedFrom = before.deletedFrom }: Omit<Counted, 'state'>,
): boolean => holdsQuota(before) && !holdsQuota({ state: transitions[name].to, deletedFrom });

export const noUsage: Usage = { documents: 0, sizeBytes: 0 };

export const plus = (usage: Usage, { documents, sizeBytes }: Usage): Usage => ({
  documents: usage.documents + documents,
  sizeBytes: usage.sizeBytes + sizeBytes,
});

/** What documents count, those that count at all. */
export const usageOf = (records: readonly DocumentRecord[]): Usage =>
  records.filter(holdsQuota).reduce<Usage>((usage, { sizeBytes }) => plus(usage, { documents: 1, sizeBytes }), noUsage);
