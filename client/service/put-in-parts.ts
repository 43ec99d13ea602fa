import type { Document } from '../../contract/schemas/document.ts';
import { placeOf, type ReportContext, type Sending } from './sending.ts';

/** A report that is too large for one PUT of this environment goes the way of all files. */
export const putInParts = async ({ uploads, callTagged }: ReportContext, sending: Sending): Promise<Document> => {
  const { metadata, fileName, mediaType, spooled, signal, waitMilliseconds } = sending;
  const { fileName: _, mediaType: __, ...said } = metadata;
  const { done } = uploads.add(spooled.blob, {
    fileName,
    mediaType,
    metadata: said,
    signal,
    waitMilliseconds,
    onDocument: ({ id, state }) => {
      sending.known = { ...sending.known, documentId: id, state };
    },
  });
  const { id: documentId } = await done;
  // Where it lies only an answer about it alone tells.
  const seen = await callTagged('getDocument', { params: { documentId }, signal });
  sending.known = { documentId, state: seen.value.state, ...placeOf(seen) };
  return seen.value;
};
