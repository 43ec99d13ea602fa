import type { DomainEvent } from '../../../contract/events.ts';
import { partitionPrefixes, tableKeys } from '../../../contract/storage.ts';
import type { DocumentRecord } from '../../../lambdas/domain/document.ts';
import { parseObjectKey } from '../../../lambdas/domain/object-key.ts';
import { tenantId } from '../settings.ts';
import type { Item } from '../world/expressions.ts';
import type { Witness } from '../world/witness.ts';
import type { World } from '../world/world.ts';
import { illegalObjects, wrongDecision } from './objects.ts';
import { lateBy, lateMsMax } from './punctual.ts';
import { wrongCounters } from './quotas.ts';
import { appendedChanges, illegalWrite } from './record.ts';

/** Sees every effect as it happens, and remembers the first that must never be, of all or of those looked for. */
export class Watch implements Witness {
  violation: string | undefined;
  readonly #lookedFor: RegExp;
  /** How often each change of the lifecycle, or of what is said, was made: what a run has shown. */
  readonly changes = new Map<string, number>();
  /** Milliseconds that the latest of all changes was made after the deadline of the state before it. */
  lateMs = 0;
  /** The ids of all events that were published. */
  readonly told = new Set<string>();
  #world: World | undefined;

  constructor(lookedFor = /./) {
    this.#lookedFor = lookedFor;
  }

  watch(world: World): void {
    this.#world = world;
  }

  violated(what: string): void {
    if (this.#lookedFor.test(what)) this.violation ??= what;
  }

  recordWritten(before: Item | undefined, after: Item): void {
    const world = this.#the();
    this.#report(illegalWrite(world, before, after));
    // As the write before this one left them.
    this.#report(wrongCounters(world, this.records()));
    if (!String(after[tableKeys.partitionKey]).startsWith(partitionPrefixes.document)) return;
    const record = after as unknown as DocumentRecord;
    this.#report(illegalObjects(world, record));
    const { revision, from, to, cause } = record.lastChange;
    if ((before as DocumentRecord | undefined)?.lastChange.revision === revision) return;
    this.#report(wrongDecision(world, record));
    this.#lateBy(lateBy(world, before as DocumentRecord | undefined));
    this.#count(`${from} → ${to} by ${cause}`);
  }

  uploaded(key: string): void {
    const state = this.#recordOf(key)?.state;
    if (state === 'expired') this.violated('it expired before its upload ended');
    if (state === undefined) this.violated('an object came before its record');
    this.objectChanged(key);
  }

  objectChanged(key: string): void {
    const record = this.#recordOf(key);
    if (record !== undefined) this.#report(illegalObjects(this.#the(), record));
  }

  published({ id, documentId, revision, from, to, at }: DomainEvent): void {
    this.told.add(id);
    const record = this.record(documentId);
    const changes = record === undefined ? [] : [...appendedChanges(this.#the(), record), record.lastChange];
    const isTrue = changes.some(
      (change) => change.revision === revision && change.from === from && change.to === to && change.at === at,
    );
    if (!isTrue) this.violated(`${id} was told and did not happen`);
  }

  linkIssued(documentId: string, requestId: string): void {
    const entries = this.#the().table.partition(`${partitionPrefixes.history}${tenantId}#${documentId}`);
    const isRecorded = entries.some((entry) => entry.kind === 'download-issued' && entry.requestId === requestId);
    if (!isRecorded) this.violated(`a link was given out by ${requestId} and is not in the history`);
  }

  described(documentId: string, metadataRevision: number): void {
    this.#count('described by user');
    const made = this.record(documentId)?.lastMetadataChange?.metadataRevision ?? 0;
    if (made < metadataRevision) this.violated(`change ${metadataRevision} of its metadata was answered and not made`);
  }

  /** The record as the table has it. */
  record(documentId: string): DocumentRecord | undefined {
    const [item] = this.#the().table.partition(`${partitionPrefixes.document}${tenantId}#${documentId}`);
    return item as DocumentRecord | undefined;
  }

  #count(change: string): void {
    this.changes.set(change, (this.changes.get(change) ?? 0) + 1);
  }

  /** Where functions die and clocks differ, nobody promised a minute. */
  #lateBy(lateMs: number): void {
    this.lateMs = Math.max(this.lateMs, lateMs);
    if (this.#the().plan.hostility.silenced.length > 0 && lateMs > lateMsMax)
      this.violated(`it was settled ${lateMs / 1000} s after its deadline`);
  }

  #recordOf(key: string): DocumentRecord | undefined {
    const ref = parseObjectKey(key);
    return ref && this.record(ref.documentId);
  }

  records(): readonly DocumentRecord[] {
    const { table } = this.#the();
    const keys = table.partitionKeys().filter((key) => key.startsWith(partitionPrefixes.document));
    return keys.flatMap((key) => table.partition(key)) as unknown as DocumentRecord[];
  }

  #report(violation: string | undefined): void {
    if (violation !== undefined) this.violated(violation);
  }

  #the(): World {
    if (this.#world === undefined) throw new Error('There is no world to watch yet.');
    return this.#world;
  }
}
