import type { DocumentRecord } from './document.ts';
import type { Cause } from './lifecycle.ts';

/** How far the clocks of two functions may be apart; as much as S3 allows a signature to be. */
export const clockSkewSecondsMax = 900;

/** How long a verdict may take before the sweeper looks for itself. GuardDuty's scans take seconds as a rule. */
export const scanSecondsMax = 300;

/**
 * When the sweeper looks again at what a person or a sweep changed: every function that knew the record as it was has
 * long ended by then (Lambda stops them after a minute at most), even by the clocks furthest apart.
 */
export const followUpSecondsMax = 2 * clockSkewSecondsMax + 600;

/** What a message caused is finished by that message: who dies on the way gets it again. */
const redelivered: readonly Cause[] = ['object-created', 'scan-verdict'];

const after = (time: string, seconds: number): string => new Date(Date.parse(time) + seconds * 1000).toISOString();

/** When the record of an upload that was given up is settled: by then no completion can be under way any more. */
export const abortedUntil = (now: Date): string => after(now.toISOString(), clockSkewSecondsMax);

type Dated = Pick<
  DocumentRecord,
  'state' | 'lastChange' | 'createdAt' | 'sweepAfter' | 'purgeAfter' | 'retainUntil' | 'byForm'
>;

/** The same of what a message is about to change, seen from now. */
export const secondLookAt = (now: Date): string => after(now.toISOString(), followUpSecondsMax);

/** However long a verdict is missing: asked for again once a day at least. */
export const scanPauseSecondsMax = 86_400;

/**
 * When a scan that was asked for again is looked at: after as long as the document has waited so far, because each scan
 * costs money, whatever comes of it.
 */
export const scanAgainDueAt = ({ lastChange }: Pick<DocumentRecord, 'lastChange'>, now: Date): string => {
  const waitedSeconds = (now.getTime() - Date.parse(lastChange.at)) / 1000;
  return after(now.toISOString(), Math.min(Math.max(waitedSeconds, scanSecondsMax), scanPauseSecondsMax));
};

/** What was opened, or refused, after its retention was over already has been overdue since then only. */
const lapseDueAt = ({ at }: DocumentRecord['lastChange'], retainUntil: string | undefined): string | undefined =>
  retainUntil !== undefined && retainUntil < at ? at : retainUntil;

/** When the sweeper has to look at a record with which all is well; undefined: never. */
export const restingDueAt = ({ state, lastChange, sweepAfter, purgeAfter, retainUntil }: Dated): string | undefined => {
  if (state === 'pending') return sweepAfter;
  if (state === 'scanning') return after(lastChange.at, scanSecondsMax);
  if (state === 'deleted') return purgeAfter;
  if (state === 'purging') return lastChange.at;
  if (state === 'available' || state === 'rejected') return lapseDueAt(lastChange, retainUntil);
  return undefined;
};

/**
 * The same, seen from `now`, of what came by a form too: it can be used again (T3), and where the event of that were lost
 * the newer version would stay above the pinned one, which the bucket's rules then remove. So the sweeper looks once more
 * when no transfer can be under way any more.
 */
export const nextDueAt = (record: Dated, now: string): string | undefined => {
  const resting = restingDueAt(record);
  const isOpen = record.byForm === true && record.state !== 'pending' && record.sweepAfter > now;
  return isOpen && !(resting !== undefined && resting < record.sweepAfter) ? record.sweepAfter : resting;
};

/** The bucket's rule for what is `incoming` covers nothing younger with a delete marker (`retention.incomingDays`). */
const coveredAfterSeconds = 86_400;

/**
 * Whether a record must be looked at again after its last change, because nobody delivers it again (a person's request,
 * a sweep), because it was open already and a slow writer may still open it again (a late verdict), or because it
 * waited for its verdict so long that the bucket's rules may have come first.
 */
export const needsSecondLook = ({
  createdAt,
  lastChange: { cause, from, at },
}: Pick<DocumentRecord, 'createdAt' | 'lastChange'>): boolean => {
  if (cause === 'declared') return false;
  if (!redelivered.includes(cause)) return true;
  return from === 'pending' || from === 'scanning' ? at >= after(createdAt, coveredAfterSeconds) : true;
};

/** When the sweeper has to look at a record that was changed just now. */
export const dueAtOf = (changed: Dated): string | undefined => {
  const resting = nextDueAt(changed, changed.lastChange.at);
  if (!needsSecondLook(changed) || changed.state === 'purging') return resting;
  const second = after(changed.lastChange.at, followUpSecondsMax);
  return resting !== undefined && resting < second ? resting : second;
};
