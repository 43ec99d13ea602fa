import type { DocumentRecord } from '../domain/document.ts';
import { countersOf, releasesQuota } from '../domain/quota.ts';
import type { Documents, Quotas, TransitionFacts } from '../ports.ts';

/** How much less came than was counted, where nobody had declared a size. */
const excess = ({ isSizeOpen, sizeBytes }: DocumentRecord, facts: TransitionFacts): number =>
  isSizeOpen && facts.sizeBytes !== undefined ? Math.max(0, sizeBytes - facts.sizeBytes) : 0;

/**
 * Documents whose changes release the quota that a declaration took. The counters are touched before such a change, so
 * that no recount begins until it is released or its function has ended; they are lowered after it was applied, and by
 * nobody but who applied it. So a counter is never too low, and what dies in between is recounted.
 */
export const countedDocuments = (
  documents: Documents,
  quotas: Pick<Quotas, 'touch' | 'release' | 'shrink'>,
): Documents => ({
  ...documents,
  apply: async (name, record, facts) => {
    const releases = releasesQuota(name, record, facts);
    const tooMuch = excess(record, facts);
    if (!releases && tooMuch === 0) return documents.apply(name, record, facts);
    const at = new Date(facts.change.at);
    for (const counter of countersOf(record)) await quotas.touch(counter, at);
    const outcome = await documents.apply(name, record, facts);
    if (!outcome.applied) return outcome;
    for (const counter of countersOf(record)) {
      if (releases) await quotas.release(counter, record.sizeBytes, at);
      else await quotas.shrink(counter, tooMuch, at);
    }
    return outcome;
  },
});
