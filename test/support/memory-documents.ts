import { completeHistory, metadataEntry, momentOf } from '../../lambdas/domain/complete-history.ts';
import type { DocumentRecord, DocumentRef } from '../../lambdas/domain/document.ts';
import { dueAtOf } from '../../lambdas/domain/due.ts';
import type { HistoryEntry } from '../../lambdas/domain/history.ts';
import { type Requirement, type Transition, transitions } from '../../lambdas/domain/lifecycle.ts';
import { isIn } from '../../lambdas/domain/place.ts';
import type { Documents, TransitionFacts } from '../../lambdas/ports.ts';

const holds = (requirement: Requirement, record: DocumentRecord, facts: TransitionFacts): boolean => {
  if (requirement === 'unpinned') return record.versionId === undefined;
  if (requirement === 'same-version') return record.versionId === facts.versionId;
  if (requirement === 'overdue') return record.sweepAfter <= facts.change.at;
  if (requirement === 'deleted-from-available') return record.deletedFrom === 'available';
  if (requirement === 'retention-over')
    return record.retainUntil !== undefined && record.retainUntil <= facts.change.at;
  throw new Error(`The memory table does not know the requirement ${requirement}.`);
};

export interface MemoryDocuments extends Documents {
  readonly records: Map<string, DocumentRecord>;
  /** What was appended: the changes before the last one, and the links. */
  readonly appended: Map<string, HistoryEntry>;
}

const without = (record: DocumentRecord, ...fields: (keyof DocumentRecord)[]): DocumentRecord =>
  Object.fromEntries(
    Object.entries(record).filter(([name]) => !fields.includes(name as keyof DocumentRecord)),
  ) as never;

const changed = (current: DocumentRecord, name: keyof typeof transitions, facts: TransitionFacts): DocumentRecord => {
  const { change, ...rest } = facts;
  const kept = name === 'restore' ? without(current, 'deletedFrom', 'purgeAfter', 'dueAt') : without(current, 'dueAt');
  const sized = rest.sizeBytes === undefined ? kept : without(kept, 'isSizeOpen');
  const record: DocumentRecord = Object.assign({}, sized, rest, { state: transitions[name].to, lastChange: change });
  const dueAt = dueAtOf(record);
  return dueAt === undefined ? record : { ...record, dueAt };
};

/** The table in memory. It reads the lifecycle by itself and not by the compiled conditions; one suite holds both. */
export const memoryDocuments = (...initial: DocumentRecord[]): MemoryDocuments => {
  const idOf = ({ tenantId, documentId }: DocumentRef) => `${tenantId}/${documentId}`;
  const records = new Map(initial.map((record) => [idOf(record), record]));
  const appended: MemoryDocuments['appended'] = new Map();
  const annotate = async (record: DocumentRecord, update: (current: DocumentRecord) => DocumentRecord) => {
    const current = records.get(idOf(record));
    if (current?.lastChange.revision !== record.lastChange.revision) return false;
    records.set(idOf(record), update(current));
    return true;
  };
  return {
    records,
    appended,
    create: async (record) => {
      const stored = records.get(idOf(record)) ?? record;
      records.set(idOf(record), stored);
      return stored;
    },
    find: async (ref) => records.get(idOf(ref)),
    list: async ({ place, limit, before, from }) => {
      const there = [...records.values()]
        .filter((record) => isIn(place, record))
        .sort((a, b) => (a.documentId < b.documentId ? 1 : -1))
        .filter(({ documentId }) => before === undefined || documentId < before)
        .filter(({ documentId }) => from === undefined || documentId >= from);
      const page = there.slice(0, limit);
      const last = page.at(-1);
      return { records: page, ...(there.length > page.length && last && { nextBefore: last.documentId }) };
    },
    apply: async (name, record, facts) => {
      const { lastChange } = record;
      const id = `${idOf(record)}#${lastChange.revision}`;
      appended.set(id, appended.get(id) ?? { kind: 'change', ...lastChange });
      const current = records.get(idOf(record));
      const { from, requires }: Transition = transitions[name];
      const isAllowed =
        current !== undefined &&
        from.includes(current.state) &&
        current.lastChange.revision === facts.change.revision - 1 &&
        requires.every((requirement) => holds(requirement, current, facts));
      if (!isAllowed) return { applied: false, current };
      const next = changed(current, name, facts);
      records.set(idOf(record), next);
      return { applied: true, record: next };
    },
    describe: async (record, metadata, change) => {
      const { lastMetadataChange } = record;
      if (lastMetadataChange !== undefined) {
        appended.set(
          `${idOf(record)}#${lastMetadataChange.revision}#${momentOf(lastMetadataChange)}`,
          metadataEntry(lastMetadataChange),
        );
      }
      const current = records.get(idOf(record));
      const isAsSeen =
        current?.lastChange.revision === record.lastChange.revision &&
        current.lastMetadataChange?.metadataRevision === lastMetadataChange?.metadataRevision;
      if (!isAsSeen) return { applied: false, current };
      const described = { ...without(current, 'metadata'), ...(metadata && { metadata }), lastMetadataChange: change };
      records.set(idOf(record), described);
      return { applied: true, record: described };
    },
    listDue: async ({ shard, now, limit }) =>
      [...records.values()]
        .filter(({ documentId, dueAt = '9' }) => documentId.endsWith(shard.toString(16)) && dueAt <= now.toISOString())
        .sort((a, b) => ((a.dueAt ?? '') < (b.dueAt ?? '') ? -1 : 1))
        .slice(0, limit)
        .map(({ tenantId, documentId }) => ({ tenantId, documentId })),
    setDue: (record, dueAt) =>
      annotate(record, (current) => (dueAt === undefined ? without(current, 'dueAt') : { ...current, dueAt })),
    setUpload: async (record, upload, until) => {
      if (records.get(idOf(record))?.upload?.uploadId !== record.upload?.uploadId) return false;
      return annotate(record, (current) => ({
        ...current,
        upload,
        ...(until !== undefined && { sweepAfter: until, dueAt: until }),
      }));
    },
    markPublished: (record) =>
      annotate(record, (current) => ({ ...current, publishedRevision: record.lastChange.revision })),
    history: async (record) => {
      const entries = [...appended].filter(([id]) => id.startsWith(`${idOf(record)}#`)).map(([, entry]) => entry);
      // As their keys sort: by revision, the change before what happened while it held.
      const rank = ({ revision, kind }: HistoryEntry) => revision + (kind === 'change' ? 0 : 0.5);
      return completeHistory(
        record,
        entries.toSorted((a, b) => rank(a) - rank(b)),
      );
    },
    recordDownload: async (record, entry) =>
      void appended.set(`${idOf(record)}#${entry.revision}#${momentOf(entry)}`, {
        kind: 'download-issued',
        ...entry,
      }),
  };
};
