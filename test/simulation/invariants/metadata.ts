import { partitionPrefixes } from '../../../contract/storage.ts';
import type { DocumentRecord, MetadataChange } from '../../../lambdas/domain/document.ts';
import type { World } from '../world/world.ts';

type Ref = Pick<DocumentRecord, 'tenantId' | 'documentId'>;
type Moment = Pick<MetadataChange, 'at' | 'requestId'>;

const isSame = (one: Moment, other: Moment): boolean => one.at === other.at && one.requestId === other.requestId;

/** The changes of the metadata that were appended to the history; its entries do not count them. */
const appended = (world: World, { tenantId, documentId }: Ref): readonly Moment[] =>
  world.table
    .partition(`${partitionPrefixes.history}${tenantId}#${documentId}`)
    .filter(({ kind }) => kind === 'metadata-changed') as unknown as Moment[];

const revisionOf = ({ lastMetadataChange }: DocumentRecord): number => lastMetadataChange?.metadataRevision ?? 0;

/** What is wrong with what this write says about the document. */
export const illegalMetadata = (world: World, before: DocumentRecord, after: DocumentRecord): string | undefined => {
  const [was, is] = [revisionOf(before), revisionOf(after)];
  if (was === is)
    return JSON.stringify(before.metadata) === JSON.stringify(after.metadata)
      ? undefined
      : 'what is said about it changed without a trace';
  if (is !== was + 1) return `change ${is} of its metadata follows ${was}`;
  const { lastMetadataChange: replaced } = before;
  return replaced === undefined || appended(world, before).some((entry) => isSame(entry, replaced))
    ? undefined
    : `change ${was} of its metadata was replaced before it stood in the history`;
};

/** Of a document at rest: every change that was made stands in the history or the record, once. */
export const lostMetadata = (world: World, record: DocumentRecord): string | undefined => {
  const { lastMetadataChange: last } = record;
  const before = appended(world, record).filter((entry) => last === undefined || !isSame(entry, last));
  const stands = before.length + (last === undefined ? 0 : 1);
  return stands === revisionOf(record)
    ? undefined
    : `${revisionOf(record)} changes of its metadata and ${stands} in its history`;
};
