import { rejectionDetails } from '../../../contract/rejections.ts';
import type { History } from '../../../contract/schemas/history.ts';
import type { AddressClass } from '../../../contract/states.ts';
import { timeInWords } from '../format.ts';

export type HistoryEntry = History['entries'][number];
type Change = Extract<HistoryEntry, { kind: 'change' }>;

/** One thing that happened: what, who did it and from where, and what there is to say about it. */
export interface EntryWords {
  readonly what: string;
  readonly who: string;
  readonly detail?: string;
}

function whatChanged({ from, to }: Change): string {
  switch (to) {
    case 'pending':
      return 'Announced';
    case 'scanning':
      return 'Arrived, check for malware begun';
    case 'available':
      if (from === 'deleted') return 'Restored';
      return from === 'scanning' ? 'Checked, no malware found' : 'Arrived and verified';
    case 'rejected':
      return from === 'available' ? 'Taken back' : 'Refused';
    case 'expired':
      return 'Not received in time';
    case 'deleted':
      return from === 'deleted' ? 'Refused after it was deleted' : 'Deleted';
    case 'purging':
      return from === 'deleted' ? 'Removal for good begun' : 'Time of keeping over, removal for good begun';
    case 'purged':
      return 'Removed for good';
  }
}

/** How the place is told from which a person asked; the address itself nobody keeps. */
const places: Readonly<Record<AddressClass, string>> = {
  loopback: ', on the computer of the service',
  private: ', from a private network',
  'public-ipv4': ', from the internet',
  'public-ipv6': ', from the internet',
  unknown: '',
};

/** Everything else is done by the service itself. */
const isByPerson = (entry: HistoryEntry): boolean =>
  entry.kind !== 'change' || entry.cause === 'declared' || entry.cause === 'user';

/** `subjectId` is the reader's own. */
export function entryInWords(entry: HistoryEntry, subjectId: string): EntryWords {
  const person = entry.by === subjectId ? 'you' : 'someone else';
  const who = isByPerson(entry) ? `${person}${places[entry.addressClass ?? 'unknown']}` : 'Sealdrop';
  if (entry.kind === 'download-issued') {
    const reason = entry.reason === undefined ? '' : ` Reason given: ${entry.reason}`;
    const detail = `It was good until ${timeInWords(entry.expiresAt)}.${reason}`;
    if (entry.linkCreatedAt === undefined) return { what: 'Download link requested', who, detail };
    // The place is where it was opened, which is not where its maker is.
    return { what: 'Opened by a link that works once, made', who: person, detail };
  }
  if (entry.kind === 'metadata-changed') return { what: 'Description changed', who };
  const what = whatChanged(entry);
  const { rejectionReason } = entry;
  return rejectionReason === undefined ? { what, who } : { what, who, detail: rejectionDetails[rejectionReason] };
}
