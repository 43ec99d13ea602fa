import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { dueIndex, ownerIndex, tableKeys } from '../../../contract/storage.ts';
import { SimulatedDueIndex } from './due-index.ts';
import { holds, type Item, NotImplemented, type Placeholders, updated } from './expressions.ts';
import { withoutUndefined } from './items.ts';
import { SimulatedOwnerIndex } from './owner-index.ts';

export interface TableSettings {
  /** Milliseconds until the index shows a write; asked for each one. */
  readonly indexLag: () => number;
  readonly now: () => number;
  /** Items per page of a query that names no limit. */
  readonly pageSize: number;
  /** Sees every item that is written, before it is; `before` is undefined where there was none. */
  readonly written: (before: Item | undefined, after: Item) => void;
}

const { partitionKey, sortKey } = tableKeys;

/**
 * The single table behind `client.send`, of which it knows exactly what our adapters use. A contract test holds it to
 * dynalite. The index on `dueAt` is eventually consistent: it shows each write after a while, in order.
 */
export class SimulatedTable {
  readonly #settings: TableSettings;
  readonly #partitions = new Map<string, Map<string, Item>>();
  readonly #due = new SimulatedDueIndex();
  readonly #owners = new SimulatedOwnerIndex();

  constructor(settings: TableSettings) {
    this.#settings = settings;
  }

  /** Carries a command out and answers it. Throws what DynamoDB would. */
  execute(command: object): unknown {
    if (command instanceof GetCommand) return this.#get(command);
    if (command instanceof PutCommand) return this.#put(command);
    if (command instanceof UpdateCommand) return this.#update(command);
    if (command instanceof QueryCommand) return this.#query(command);
    if (command instanceof BatchGetCommand) return this.#batchGet(command);
    throw new NotImplemented(command.constructor.name);
  }

  /** The items of one partition, by sort key. */
  partition(key: string): readonly Item[] {
    const items = [...(this.#partitions.get(key)?.values() ?? [])];
    return items.sort((a, b) => (String(a[sortKey]) < String(b[sortKey]) ? -1 : 1));
  }

  partitionKeys(): readonly string[] {
    return [...this.#partitions.keys()];
  }

  /** When the record that has to be looked at first becomes due; undefined where none does. */
  get earliestDueAt(): string | undefined {
    let earliest: string | undefined;
    for (const items of this.#partitions.values())
      for (const { [dueIndex.sortKey]: dueAt } of items.values())
        if (dueAt !== undefined && (earliest === undefined || String(dueAt) < earliest)) earliest = String(dueAt);
    return earliest;
  }

  /** Whether a query of the index for this shard finds nothing, whatever the time. */
  isShardEmpty(shard: string): boolean {
    return this.#due.isShardEmpty(shard);
  }

  #find(key: Item): Item | undefined {
    return this.#partitions.get(String(key[partitionKey]))?.get(String(key[sortKey]));
  }

  #write(before: Item | undefined, after: Item): void {
    this.#settings.written(before, after);
    const partition = String(after[partitionKey]);
    const items = this.#partitions.get(partition) ?? new Map<string, Item>();
    items.set(String(after[sortKey]), after);
    this.#partitions.set(partition, items);
    if (before?.[dueIndex.sortKey] === after[dueIndex.sortKey]) return;
    const at = this.#settings.now() + this.#settings.indexLag();
    if (before === undefined) this.#owners.created(after, at);
    const id = `${partition}|${after[sortKey]}`;
    this.#due.written(id, after, at);
  }

  #check(current: Item | undefined, input: Placeholders & { ConditionExpression?: string | undefined }, old: boolean) {
    if (input.ConditionExpression === undefined || holds(input.ConditionExpression, current, input)) return;
    throw new ConditionalCheckFailedException({
      message: 'The conditional request failed',
      $metadata: { httpStatusCode: 400, attempts: 1 },
      ...(old && current !== undefined && { Item: marshall(current) }),
    });
  }

  #get({ input }: GetCommand) {
    if (input.ConsistentRead !== true) throw new NotImplemented('reads that are not consistent');
    const Item = this.#find(input.Key ?? {});
    return Item === undefined ? {} : { Item };
  }

  #batchGet({ input }: BatchGetCommand) {
    const tables = Object.entries(input.RequestItems ?? {}).map(([name, { Keys = [], ConsistentRead }]) => {
      if (ConsistentRead !== true) throw new NotImplemented('reads that are not consistent');
      return [name, Keys.flatMap((key) => this.#find(key) ?? [])];
    });
    return { Responses: Object.fromEntries(tables) };
  }

  #put({ input }: PutCommand) {
    const item = withoutUndefined(input.Item ?? {});
    const current = this.#find(item);
    this.#check(current, input, input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD');
    this.#write(current, item);
    return {};
  }

  #update({ input }: UpdateCommand) {
    const current = this.#find(input.Key ?? {});
    this.#check(current, input, input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD');
    const after = withoutUndefined(updated(input.UpdateExpression ?? '', current ?? input.Key ?? {}, input));
    this.#write(current, after);
    if (input.ReturnValues === undefined) return {};
    if (input.ReturnValues !== 'ALL_NEW') throw new NotImplemented(`ReturnValues ${input.ReturnValues}`);
    return { Attributes: after };
  }

  #query(command: QueryCommand) {
    const { IndexName } = command.input;
    if (IndexName === ownerIndex.indexName) return this.#owners.query(command, this.#settings.now());
    return IndexName === undefined ? this.#queryTable(command) : this.#due.query(command, this.#settings.now());
  }

  #queryTable({ input }: QueryCommand) {
    const { KeyConditionExpression = '', Limit, ExclusiveStartKey, ScanIndexForward } = input;
    if (!KeyConditionExpression.startsWith('#pk = :pk') || Limit !== undefined || ScanIndexForward === false)
      throw new NotImplemented('this query');
    const after = String(ExclusiveStartKey?.[sortKey] ?? '');
    const items = this.partition(String(input.ExpressionAttributeValues?.[':pk']));
    const rest = items.filter((item) => String(item[sortKey]) > after && holds(KeyConditionExpression, item, input));
    const Items = rest.slice(0, this.#settings.pageSize);
    const last = Items.at(-1);
    const isEnd = Items.length === rest.length || last === undefined;
    return isEnd
      ? { Items }
      : { Items, LastEvaluatedKey: { [partitionKey]: last[partitionKey], [sortKey]: last[sortKey] } };
  }
}
