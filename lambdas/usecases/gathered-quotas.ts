import { type CounterRef, noUsage, plus, type Usage } from '../domain/quota.ts';
import type { Quotas } from '../ports.ts';

type Reservation = readonly [...args: Parameters<Quotas['reserve']>];

interface Waiting {
  readonly reservation: Reservation;
  readonly resolve: (refused: Usage | undefined) => void;
  readonly reject: (error: unknown) => void;
}

const idOf = ({ tenantId, ownerId }: CounterRef): string => JSON.stringify([tenantId, ownerId]);

/**
 * Quotas for one request that declares many documents: what is reserved in one go of one counter is one write. Where
 * there is no room for all of it each is reserved by itself, so that as many are accepted as there is room for.
 */
export const gatheredQuotas = <Held extends Pick<Quotas, 'reserve' | 'reserveMany'>>(quotas: Held): Held => {
  const gathered = new Map<string, Waiting[]>();

  const reserveAll = async (waiting: readonly Waiting[]): Promise<void> => {
    const [first] = waiting;
    if (first === undefined) return;
    const [ref, , limit, at] = first.reservation;
    const sizes = waiting.map(({ reservation: [, sizeBytes] }): Usage => ({ documents: 1, sizeBytes }));
    const refused = waiting.length > 1 && (await quotas.reserveMany(ref, sizes.reduce(plus, noUsage), limit, at));
    if (refused === undefined) for (const { resolve } of waiting) resolve(undefined);
    else for (const { reservation, resolve } of waiting) resolve(await quotas.reserve(...reservation));
  };
  const flush = (id: string): void => {
    const waiting = gathered.get(id) ?? [];
    gathered.delete(id);
    reserveAll(waiting).catch((error: unknown) => {
      for (const { reject } of waiting) reject(error);
    });
  };

  const reserve: Quotas['reserve'] = (...reservation) =>
    new Promise((resolve, reject) => {
      const id = idOf(reservation[0]);
      const waiting = gathered.get(id) ?? [];
      gathered.set(id, [...waiting, { reservation, resolve, reject }]);
      // When everything that is ready now has asked.
      if (waiting.length === 0) setImmediate(flush, id);
    });
  return { ...quotas, reserve };
};
