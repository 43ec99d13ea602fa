import type { QuotaUse } from '../../contract/problems.ts';
import type { Profile } from '../../contract/profile.ts';
import type { Settings } from '../../contract/schemas/settings.ts';
import { mayKnowTotals } from '../domain/access.ts';
import type { Caller } from '../domain/document.ts';
import { type CounterRef, noUsage } from '../domain/quota.ts';
import { ok } from '../domain/result.ts';
import { settingsOf } from '../domain/settings.ts';
import type { Digest, Quotas } from '../ports.ts';

/** The counters the caller may see, those with a limit. */
const visibleCounters = (profile: Profile, caller: Caller) => {
  const { tenantId, subjectId } = caller;
  const { user, tenant } = profile.quota ?? {};
  const own: CounterRef = { tenantId, ownerId: subjectId };
  return [
    ...(user === undefined ? [] : [{ scope: 'user' as const, ref: own, limit: user }]),
    ...(tenant === undefined || !mayKnowTotals(caller)
      ? []
      : [{ scope: 'tenant' as const, ref: { tenantId }, limit: tenant }]),
  ];
};

/**
 * What the caller's page must know. Everybody with a token may ask, for it says what one may do: of who has no role,
 * that it is nothing. Costs a read of one item for each counter.
 */
export const getSettings =
  (deps: { quotas: Pick<Quotas, 'find'>; profile: Profile; isScanned: boolean; digest: Digest }) =>
  async ({ caller }: { caller: Caller }) => {
    const { profile, isScanned } = deps;
    const quotas = await Promise.all(
      visibleCounters(profile, caller).map(async ({ scope, ref, limit }): Promise<QuotaUse> => {
        const { documents, sizeBytes } = (await deps.quotas.find(ref)) ?? noUsage;
        return { scope, documents, documentsMax: limit.documentsMax, sizeBytes, sizeBytesMax: limit.sizeBytesMax };
      }),
    );
    const settings = settingsOf(profile, caller, { isScanned, quotas });
    return ok<Settings>({ version: deps.digest(JSON.stringify(settings)), ...settings });
  };
