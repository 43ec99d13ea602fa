import type { DocumentRecord } from '../domain/document.ts';
import { objectKey } from '../domain/object-key.ts';
import { objectStateOf } from '../domain/object-state.ts';
import type { Documents, Objects } from '../ports.ts';

export interface AlignTagDeps {
  readonly documents: Pick<Documents, 'find'>;
  readonly objects: Pick<Objects, 'setState'>;
}

/**
 * A record changes a few times in its life, but a crowd that deletes and restores one document changes it under two looks
 * of five; so many in a row are no crowd any more. Each costs two calls, all of them less than a second.
 */
const looksMax = 32;

/**
 * Makes the tag of the pinned version say what the record says. Tags cannot be written under a condition, so whoever
 * wrote one looks at the record again, and of several writers the last one leaves the truth. While a document is
 * `scanning` its tag is left alone: it belongs to whoever brings the verdict, and is written before the record.
 */
export const alignTag = async ({ documents, objects }: AlignTagDeps, record: DocumentRecord): Promise<void> => {
  let current: DocumentRecord | undefined = record;
  for (let look = 0; look < looksMax; look += 1) {
    if (current?.versionId === undefined || current.state === 'scanning') return;
    const state = objectStateOf[current.state];
    if (!(await objects.setState({ key: objectKey(current), versionId: current.versionId }, state))) return;
    current = await documents.find(record);
    if (current !== undefined && objectStateOf[current.state] === state) return;
  }
  throw new Error('The record of a document changed each time its tag was written.');
};
