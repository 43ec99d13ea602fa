import type { DocumentRecord, MetadataChange } from './document.ts';
import type { HistoryEntry } from './history.ts';

/** Within one revision: the change that made it, then what happened while it held, by time. As their keys sort. */
/**
 * What tells two things apart that happened while one revision held. A request id alone does not: clients of API Gateway
 * may choose it (developer guide, "Variables for data models", `$context.requestId`), and two people the same one.
 */
export const momentOf = ({ at, requestId, by }: Pick<HistoryEntry, 'at' | 'requestId' | 'by'>): string =>
  `${at}#${requestId}#${by}`;

const detailOf = (entry: HistoryEntry): string => (entry.kind === 'change' ? '' : momentOf(entry));

const inOrder = (one: HistoryEntry, other: HistoryEntry): number =>
  one.revision - other.revision || (detailOf(one) < detailOf(other) ? -1 : 1);

const isSame = (one: HistoryEntry, other: HistoryEntry): boolean =>
  one.kind === other.kind && one.revision === other.revision && detailOf(one) === detailOf(other);

export const metadataEntry = ({ metadataRevision: _counted, ...entry }: MetadataChange): HistoryEntry => ({
  kind: 'metadata-changed',
  ...entry,
});

/**
 * The whole history: what was appended, and the record's last changes of state and metadata, which are appended only
 * before others replace them. A crash between the two leaves one in both places; it is told once.
 */
export const completeHistory = (record: DocumentRecord, appended: readonly HistoryEntry[]): readonly HistoryEntry[] => {
  const carried: readonly HistoryEntry[] = [
    { kind: 'change', ...record.lastChange },
    ...(record.lastMetadataChange === undefined ? [] : [metadataEntry(record.lastMetadataChange)]),
  ];
  const others = appended.filter((entry) => !carried.some((own) => isSame(entry, own)));
  return [...others, ...carried].toSorted(inOrder);
};
