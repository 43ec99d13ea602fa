import { limits } from '../../contract/limits.ts';
import type { DocumentRecord } from '../domain/document.ts';
import type { DocumentPage, Documents, PlaceQuery } from '../ports.ts';

/** What one BatchGetItem takes. */
const atOnceMax = 100;

/**
 * One page of the records that are wanted. It looks at `listExaminedMax` records at most, so the page may be short, and
 * empty, and still have a next one. First it reads as many as are asked for, which is all where all are wanted; then as
 * many as go at once, so that few wanted ones do not take many requests: five reads at most.
 */
export const readPage = async (
  documents: Pick<Documents, 'list'>,
  query: PlaceQuery,
  isWanted: (record: DocumentRecord) => boolean,
): Promise<DocumentPage> => {
  const found: DocumentRecord[] = [];
  let { before } = query;
  let left: number = limits.listExaminedMax;
  for (let size = query.limit; ; size = Math.min(atOnceMax, left)) {
    const { records, nextBefore } = await documents.list({ ...query, before, limit: size });
    left -= size;
    found.push(...records.filter(isWanted));
    if (found.length > query.limit) return pageOf(found.slice(0, query.limit));
    // A full page goes on where reading ended: nothing wanted was read beyond it.
    const isEnd = nextBefore === undefined || found.length === query.limit || left === 0;
    if (isEnd) return { records: found, ...(nextBefore !== undefined && { nextBefore }) };
    before = nextBefore;
  }
};

/** More were found than the page holds: the next one begins after its last. */
const pageOf = (records: readonly DocumentRecord[]): DocumentPage => {
  const last = records.at(-1);
  return { records, ...(last !== undefined && { nextBefore: last.documentId }) };
};
