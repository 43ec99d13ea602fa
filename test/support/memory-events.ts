import type { DomainEvent } from '../../contract/events.ts';
import type { DomainEvents } from '../../lambdas/ports.ts';

/** A bus that remembers what it was told, in order. */
export const memoryEvents = (): DomainEvents & { readonly published: DomainEvent[] } => {
  const published: DomainEvent[] = [];
  return { published, publish: async (event) => void published.push(event) };
};
