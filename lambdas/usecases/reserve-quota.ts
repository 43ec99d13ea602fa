import type { Profile } from '../../contract/profile.ts';
import type { DocumentRecord } from '../domain/document.ts';
import type { Failure } from '../domain/failure.ts';
import { countersOf, type QuotaLimit, type Usage } from '../domain/quota.ts';
import type { Quotas } from '../ports.ts';

const exceeded = (scope: 'user' | 'tenant', { documents, sizeBytes }: Usage, limit: QuotaLimit): Failure => {
  const { documentsMax, sizeBytesMax } = limit;
  return { kind: 'quota-exceeded', quota: { scope, documents, documentsMax, sizeBytes, sizeBytesMax } };
};

/**
 * Counts a document that is about to be declared, first for its user, so that who is at the own limit does not bother
 * the tenant's counter. Undefined: there is room, and it is taken. Whoever dies from here on leaves too much counted.
 */
export const reserveQuota = async (
  quotas: Pick<Quotas, 'reserve' | 'touch' | 'release'>,
  record: DocumentRecord,
  limits: NonNullable<Profile['quota']>,
): Promise<Failure | undefined> => {
  const { sizeBytes } = record;
  const at = new Date(record.lastChange.at);
  const [user, tenant] = countersOf(record);
  const usersUsage = await quotas.reserve(user, sizeBytes, limits.user, at);
  if (usersUsage !== undefined && limits.user !== undefined) return exceeded('user', usersUsage, limits.user);
  const tenantsUsage = await quotas.reserve(tenant, sizeBytes, limits.tenant, at);
  if (tenantsUsage === undefined || limits.tenant === undefined) return undefined;
  // Who recounts the tenant meanwhile may have summed up what is given back here.
  await quotas.touch(tenant, at);
  await quotas.release(user, sizeBytes, at);
  return exceeded('tenant', tenantsUsage, limits.tenant);
};

/** Gives back what was counted for nothing. Who counted touched both counters, so no recount has begun since. */
export const releaseQuota = async (quotas: Pick<Quotas, 'release'>, record: DocumentRecord): Promise<void> => {
  for (const counter of countersOf(record))
    await quotas.release(counter, record.sizeBytes, new Date(record.lastChange.at));
};
