import { partitionPrefixes, tableKeys } from '../../../contract/storage.ts';
import type { Change, DocumentRecord } from '../../../lambdas/domain/document.ts';
import { type Transition, transitions } from '../../../lambdas/domain/lifecycle.ts';
import type { Item } from '../world/expressions.ts';
import type { World } from '../world/world.ts';
import { illegalMetadata } from './metadata.ts';

const table: readonly Transition[] = Object.values(transitions);

/** What is wrong with a change that followed another one; undefined where it is in the table of the lifecycle. */
export const illegalChange = (before: Change | undefined, change: Change): string | undefined => {
  const { revision, from, to, cause } = change;
  const state = before?.to ?? null;
  const isIn = table.some(
    (transition) =>
      transition.to === to &&
      transition.causes.includes(cause) &&
      (state === null ? transition.from.length === 0 : transition.from.includes(state)),
  );
  if (!isIn) return `no transition leads from ${state} to ${to} by ${cause}`;
  if (revision !== (before?.revision ?? 0) + 1) return `revision ${revision} follows ${before?.revision}`;
  return from === state ? undefined : `a change from ${from} follows one to ${state}`;
};

/** The changes that were appended to the history of a document, by revision. */
export const appendedChanges = (world: World, { tenantId, documentId }: DocumentRecord): readonly Change[] =>
  world.table
    .partition(`${partitionPrefixes.history}${tenantId}#${documentId}`)
    .filter(({ kind }) => kind === 'change') as unknown as Change[];

/** What is wrong with this write of an item; undefined where all is well. */
export const illegalWrite = (world: World, before: Item | undefined, after: Item): string | undefined => {
  const partition = String(after[tableKeys.partitionKey]);
  if (partition.startsWith(partitionPrefixes.history))
    return before === undefined ? undefined : 'an entry of the history was written again';
  if (!partition.startsWith(partitionPrefixes.document)) return undefined;
  return illegalRecord(world, before as DocumentRecord | undefined, after as unknown as DocumentRecord);
};

/** All that only a change may change. */
const stateOf = ({ state, versionId, lastChange, deletedFrom, rejectionReason }: DocumentRecord): string =>
  JSON.stringify([state, versionId, deletedFrom, rejectionReason, Object.entries(lastChange).sort()]);

const illegalRecord = (world: World, before: DocumentRecord | undefined, after: DocumentRecord): string | undefined => {
  if (after.state !== after.lastChange.to) return `the record says ${after.state}, its change ${after.lastChange.to}`;
  if (before === undefined) return illegalChange(undefined, after.lastChange);
  const metadata = illegalMetadata(world, before, after);
  if (metadata !== undefined) return metadata;
  if (before.versionId !== undefined && before.versionId !== after.versionId)
    return `the pin moved from ${before.versionId} to ${after.versionId}`;
  if (before.lastChange.revision === after.lastChange.revision)
    return stateOf(before) === stateOf(after) ? undefined : 'a change without a trace';
  const { revision } = before.lastChange;
  if (!appendedChanges(world, before).some((change) => change.revision === revision))
    return `change ${revision} was replaced before it stood in the history`;
  return illegalChange(before.lastChange, after.lastChange);
};
