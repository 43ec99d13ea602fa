import { type Counter, type CounterRef, noUsage, plus, recountDueAt, type Usage } from '../../lambdas/domain/quota.ts';
import type { DueQuery, Quotas } from '../../lambdas/ports.ts';

export interface MemoryQuotas extends Quotas {
  readonly counters: Map<string, Counter>;
  /** All counters that are due, whatever their shard. */
  listDue(query: Pick<DueQuery, 'now'>): readonly CounterRef[];
}

const idOf = ({ tenantId, ownerId }: CounterRef) => `${tenantId}/${ownerId ?? ''}`;

/** The counters of the table in memory; one suite holds both. */
export const memoryQuotas = (): MemoryQuotas => {
  const counters = new Map<string, Counter>();
  const add = ({ tenantId, ownerId }: CounterRef, usage: Usage, at: Date) => {
    const ref: CounterRef = ownerId === undefined ? { tenantId } : { tenantId, ownerId };
    const counter = counters.get(idOf(ref));
    counters.set(idOf(ref), {
      dueAt: recountDueAt(at),
      ...counter,
      ...ref,
      ...plus(counter ?? noUsage, usage),
      revision: (counter?.revision ?? 0) + 1,
      touchedAt: at.toISOString(),
    });
  };
  const annotate = (counter: Counter, change: (current: Counter) => Counter): boolean => {
    const current = counters.get(idOf(counter));
    if (current?.revision !== counter.revision) return false;
    counters.set(idOf(counter), change(current));
    return true;
  };
  const reserveMany: Quotas['reserveMany'] = async (ref, usage, limit, at) => {
    const held = counters.get(idOf(ref)) ?? noUsage;
    const wanted = plus(held, usage);
    if (limit && (wanted.documents > limit.documentsMax || wanted.sizeBytes > limit.sizeBytesMax)) return held;
    add(ref, usage, at);
    return undefined;
  };
  return {
    counters,
    listDue: ({ now }) => [...counters.values()].filter(({ dueAt = '9' }) => dueAt <= now.toISOString()),
    reserve: (ref, sizeBytes, limit, at) => reserveMany(ref, { documents: 1, sizeBytes }, limit, at),
    reserveMany,
    touch: async (ref, at) => add(ref, noUsage, at),
    release: async (ref, sizeBytes, at) => {
      const held = counters.get(idOf(ref)) ?? noUsage;
      if (held.documents > 0 && held.sizeBytes >= sizeBytes) add(ref, { documents: -1, sizeBytes: -sizeBytes }, at);
    },
    shrink: async (ref, sizeBytes, at) => {
      const held = counters.get(idOf(ref)) ?? noUsage;
      if (held.sizeBytes >= sizeBytes) add(ref, { documents: 0, sizeBytes: -sizeBytes }, at);
    },
    find: async (ref) => counters.get(idOf(ref)),
    sumOfUsers: async (tenantId) =>
      [...counters.values()]
        .filter((counter) => counter.tenantId === tenantId && counter.ownerId !== undefined)
        .reduce(plus, noUsage),
    setDue: async (ref, dueAt) => {
      const counter = counters.get(idOf(ref));
      if (counter?.dueAt !== undefined) counters.set(idOf(ref), { ...counter, dueAt });
    },
    keepProgress: async (counter, progress) => annotate(counter, (current) => ({ ...current, progress })),
    settle: async (counter, { documents, sizeBytes }) =>
      annotate(counter, ({ dueAt: _due, progress: _progress, revision, ...current }) => ({
        ...current,
        documents,
        sizeBytes,
        revision: revision + 1,
      })),
  };
};
