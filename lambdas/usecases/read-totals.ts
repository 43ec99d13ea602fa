import type { Profile } from '../../contract/profile.ts';
import type { ListQuery } from '../../contract/schemas/list.ts';
import type { Place } from '../domain/place.ts';
import type { CounterRef, Usage } from '../domain/quota.ts';
import type { Quotas } from '../ports.ts';

export interface TotalsDeps {
  readonly quotas: Pick<Quotas, 'find'>;
  readonly profile: Pick<Profile, 'quota'>;
}

const counterOf = (place: Place): CounterRef | undefined => {
  if (place.kind === 'subject') return undefined;
  return place.kind === 'tenant' ? { tenantId: place.tenantId } : { tenantId: place.tenantId, ownerId: place.ownerId };
};

/**
 * What a counter holds of a whole list: one read unit. Undefined where nothing is counted, and on pages that say no such
 * thing: later ones, and those of a filter.
 */
export const readTotals = async (
  { quotas, profile }: TotalsDeps,
  place: Place,
  { limit: _limit, ...rest }: ListQuery,
): Promise<Usage | undefined> => {
  const ref = counterOf(place);
  if (profile.quota === undefined || ref === undefined || Object.keys(rest).length > 0) return undefined;
  const counter = await quotas.find(ref);
  return counter && { documents: counter.documents, sizeBytes: counter.sizeBytes };
};
