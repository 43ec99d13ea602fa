import type { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { dueIndex } from '../../../contract/storage.ts';
import { holds, type Item, NotImplemented } from './expressions.ts';

const dueAtOf = (item: Item): string => String(item[dueIndex.sortKey]);

/** The sparse index on `dueAt`: it shows each write of an item a while after it was made, in order. */
export class SimulatedDueIndex {
  readonly #shown = new Map<string, Item>();
  #writes: { readonly at: number; readonly id: string; readonly item: Item }[] = [];

  written(id: string, item: Item, at: number): void {
    this.#writes.push({ at: Math.max(at, this.#writes.at(-1)?.at ?? 0), id, item });
  }

  /** Whether a query for this shard finds nothing, whatever the time. */
  isShardEmpty(shard: string): boolean {
    for (const item of [...this.#shown.values(), ...this.#writes.map(({ item }) => item)])
      if (item[dueIndex.partitionKey] === shard) return false;
    return true;
  }

  query({ input }: QueryCommand, now: number): { Items: Item[] } {
    const { IndexName, KeyConditionExpression = '', Limit, ExclusiveStartKey, ScanIndexForward } = input;
    if (IndexName !== dueIndex.indexName || ExclusiveStartKey || ScanIndexForward === false)
      throw new NotImplemented(`this query of the index ${IndexName}`);
    this.#show(now);
    const due = [...this.#shown.values()]
      .filter((item) => holds(KeyConditionExpression, item, input))
      .sort((a, b) => (dueAtOf(a) < dueAtOf(b) ? -1 : 1));
    return { Items: due.slice(0, Limit) };
  }

  #show(now: number): void {
    this.#writes = this.#writes.filter(({ at, id, item }) => {
      if (at > now) return true;
      if (item[dueIndex.sortKey] === undefined) this.#shown.delete(id);
      else this.#shown.set(id, item);
      return false;
    });
  }
}
