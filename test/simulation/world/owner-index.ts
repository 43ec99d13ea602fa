import type { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { ownerIndex } from '../../../contract/storage.ts';
import { type Item, NotImplemented } from './expressions.ts';

const byOwner = '#place = :place';
const byOwnerBefore = '#place = :place AND #id < :before';

/** The index of documents by owner, newest first: each document is in it a while after it was created, and for good. */
export class SimulatedOwnerIndex {
  readonly #entries: { readonly at: number; readonly item: Item }[] = [];

  created(item: Item, at: number): void {
    if (item[ownerIndex.partitionKey] !== undefined) this.#entries.push({ at, item });
  }

  query({ input }: QueryCommand, now: number): { Items: Item[] } {
    const { KeyConditionExpression = '', ExpressionAttributeValues: values = {}, Limit, ScanIndexForward } = input;
    if (![byOwner, byOwnerBefore].includes(KeyConditionExpression) || ScanIndexForward !== false)
      throw new NotImplemented('this query of the owner index');
    const idOf = (item: Item) => String(item[ownerIndex.sortKey]);
    const own = this.#entries
      .filter(({ at, item }) => at <= now && item[ownerIndex.partitionKey] === values[':place'])
      .map(({ item }) => item)
      .filter((item) => values[':before'] === undefined || idOf(item) < String(values[':before']))
      .sort((a, b) => (idOf(a) < idOf(b) ? 1 : -1));
    return { Items: own.slice(0, Limit) };
  }
}
