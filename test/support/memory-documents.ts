import type { DocumentRecord, DocumentRef } from '../../lambdas/domain/document.ts';
import { type Requirement, type Transition, transitions } from '../../lambdas/domain/lifecycle.ts';
import type { Documents, TransitionFacts } from '../../lambdas/ports.ts';

const holds = (requirement: Requirement, record: DocumentRecord, facts: TransitionFacts): boolean => {
  if (requirement === 'unpinned') return record.versionId === undefined;
  if (requirement === 'same-version') return record.versionId === facts.versionId;
  if (requirement === 'overdue') return record.sweepAfter <= facts.change.at;
  throw new Error(`The memory table does not know the requirement ${requirement}.`);
};

export interface MemoryDocuments extends Documents {
  readonly records: Map<string, DocumentRecord>;
  readonly history: Map<string, DocumentRecord['lastChange']>;
}

/** The table in memory. It reads the lifecycle by itself and not by the compiled conditions; one suite holds both. */
export const memoryDocuments = (...initial: DocumentRecord[]): MemoryDocuments => {
  const idOf = ({ tenantId, documentId }: DocumentRef) => `${tenantId}/${documentId}`;
  const records = new Map(initial.map((record) => [idOf(record), record]));
  const history: MemoryDocuments['history'] = new Map();
  const remember = (record: DocumentRecord) =>
    void history.set(`${idOf(record)}#${record.lastChange.revision}`, record.lastChange);
  return {
    records,
    history,
    create: async (record) => {
      if (records.has(idOf(record))) throw new Error('The record exists.');
      records.set(idOf(record), record);
      remember(record);
    },
    find: async (ref) => records.get(idOf(ref)),
    listByOwner: async ({ tenantId, ownerId, limit, before }) => {
      const own = [...records.values()]
        .filter((record) => record.tenantId === tenantId && record.ownerId === ownerId)
        .sort((a, b) => (a.documentId < b.documentId ? 1 : -1))
        .filter(({ documentId }) => before === undefined || documentId < before);
      const page = own.slice(0, limit);
      const last = page.at(-1);
      return { records: page, ...(own.length > page.length && last && { nextBefore: last.documentId }) };
    },
    apply: async (name, ref, facts) => {
      const current = records.get(idOf(ref));
      const { from, to, requires }: Transition = transitions[name];
      const isAllowed =
        current !== undefined &&
        from.includes(current.state) &&
        current.lastChange.revision === facts.change.revision - 1 &&
        requires.every((requirement) => holds(requirement, current, facts));
      if (!isAllowed) return { applied: false, current };
      const { change, ...rest } = facts;
      const record: DocumentRecord = { ...current, ...rest, state: to, lastChange: change };
      records.set(idOf(ref), record);
      remember(record);
      return { applied: true, record };
    },
    completeHistory: async (record) => remember(record),
  };
};
