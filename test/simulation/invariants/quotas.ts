import { partitionPrefixes } from '../../../contract/storage.ts';
import type { DocumentRecord } from '../../../lambdas/domain/document.ts';
import { type Counter, noUsage, type Usage, usageOf } from '../../../lambdas/domain/quota.ts';
import { hasQuotasOf, ownerId, quota, tenantId } from '../settings.ts';
import type { Item } from '../world/expressions.ts';
import type { World } from '../world/world.ts';

const textOf = ({ documents, sizeBytes }: Usage): string => `${documents} documents of ${sizeBytes} bytes`;

/**
 * What is wrong with the counters: none ever says too little, nothing is let in beyond the limit, and one that waits
 * for no recount says exactly what is true. There is one user, so the tenant holds what the user holds.
 */
export const wrongCounters = (world: World, records: readonly DocumentRecord[]): string | undefined => {
  if (!hasQuotasOf(world.plan)) return undefined;
  const truth = usageOf(records);
  if (truth.documents > quota.user.documentsMax) return `${textOf(truth)} were let in`;
  const items = world.table.partition(`${partitionPrefixes.quota}${tenantId}`) as unknown as (Counter & Item)[];
  const [user, tenant] = [`U#${ownerId}`, 'TENANT'].map((sortKey) => items.find(({ sk }) => sk === sortKey));
  for (const counter of [user, tenant]) {
    const { documents, sizeBytes } = counter ?? noUsage;
    if (documents < truth.documents || sizeBytes < truth.sizeBytes)
      return `${textOf(truth)} are there and ${textOf(counter ?? noUsage)} are counted`;
    const isExact = documents === truth.documents && sizeBytes === truth.sizeBytes;
    const isAtRest = user?.dueAt === undefined && counter?.dueAt === undefined;
    if (isAtRest && !isExact)
      return `${textOf(truth)} are there and a counter at rest says ${textOf(counter ?? noUsage)}`;
  }
  return undefined;
};
