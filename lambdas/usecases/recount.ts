import {
  type Counter,
  type CounterRef,
  noUsage,
  plus,
  quietFrom,
  type RecountProgress,
  type Usage,
  usageOf,
} from '../domain/quota.ts';
import type { Clock, Documents, Quotas } from '../ports.ts';

export interface RecountDeps {
  readonly clock: Clock;
  readonly documents: Pick<Documents, 'list'>;
  readonly quotas: Quotas;
}

/** Records read at once: what one BatchGetItem takes. */
const pageSize = 100;

/** Pages of one run: a thousand records are a second or so; who has more is counted in several runs. */
const pagesMax = 10;

/** Whether there is time for another page. */
type HasTime = () => boolean;

type UsersCounter = Counter & { readonly ownerId: string };

const isUsers = (counter: Counter): counter is UsersCounter => counter.ownerId !== undefined;

/** What a user's documents count; undefined where there are more, and the counter keeps how far it came. */
const countDocuments = async (
  { documents, quotas }: RecountDeps,
  counter: UsersCounter,
  hasTime: HasTime,
): Promise<Usage | undefined> => {
  const { tenantId, ownerId, revision } = counter;
  const place = { kind: 'owner', tenantId, ownerId } as const;
  // What changed since it began may have changed among what it had counted already: it begins anew.
  let progress: RecountProgress | undefined = counter.progress?.revision === revision ? counter.progress : undefined;
  for (let page = 0; page < pagesMax && (page === 0 || hasTime()); page += 1) {
    const { records, nextBefore } = await documents.list({ place, limit: pageSize, before: progress?.before });
    const usage = plus(progress ?? noUsage, usageOf(records));
    if (nextBefore === undefined) return usage;
    progress = { ...usage, revision, before: nextBefore };
  }
  if (progress !== undefined) await quotas.keepProgress(counter, progress);
  return undefined;
};

/** The tenant's counter is what its users' are: it is recounted as soon as it may be after the correction of one. */
const recountTenantNext = async ({ clock, quotas }: RecountDeps, tenantId: string): Promise<void> => {
  const now = clock.now();
  await quotas.touch({ tenantId }, now);
  await quotas.setDue({ tenantId }, quietFrom({ touchedAt: now.toISOString() }));
};

/**
 * Makes a counter that is due say what is true: a user's what the documents are, a tenant's what its users' counters
 * are. It is written only if nobody touched it since it was read, and nobody who did before is still under way; a
 * counter in use waits for a pause. Safe to run twice at once and to die anywhere: it stays due until it is written.
 */
export const recount = async (deps: RecountDeps, ref: CounterRef, hasTime: HasTime): Promise<void> => {
  const { clock, quotas } = deps;
  const counter = await quotas.find(ref);
  const now = clock.now().toISOString();
  // The index may tell of what someone else has recounted meanwhile.
  if (counter?.dueAt === undefined || counter.dueAt > now) return;
  const quiet = quietFrom(counter);
  if (quiet > now) return quotas.setDue(counter, quiet);
  if (!isUsers(counter)) {
    await quotas.settle(counter, await quotas.sumOfUsers(counter.tenantId));
    return;
  }
  const usage = await countDocuments(deps, counter, hasTime);
  if (usage === undefined) return;
  if (usage.documents !== counter.documents || usage.sizeBytes !== counter.sizeBytes)
    await recountTenantNext(deps, counter.tenantId);
  await quotas.settle(counter, usage);
};
