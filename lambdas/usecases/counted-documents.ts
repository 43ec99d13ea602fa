import { countersOf, releasesQuota } from '../domain/quota.ts';
import type { Documents, Quotas } from '../ports.ts';

/**
 * Documents whose changes release the quota that a declaration took. The counters are touched before such a change, so
 * that no recount begins until it is released or its function has ended; they are lowered after it was applied, and by
 * nobody but who applied it. So a counter is never too low, and what dies in between is recounted.
 */
export const countedDocuments = (documents: Documents, quotas: Pick<Quotas, 'touch' | 'release'>): Documents => ({
  ...documents,
  apply: async (name, record, facts) => {
    if (!releasesQuota(name, record, facts)) return documents.apply(name, record, facts);
    const at = new Date(facts.change.at);
    for (const counter of countersOf(record)) await quotas.touch(counter, at);
    const outcome = await documents.apply(name, record, facts);
    if (outcome.applied) for (const counter of countersOf(record)) await quotas.release(counter, record.sizeBytes, at);
    return outcome;
  },
});
