import type { Document } from '../../contract/schemas/document.ts';
import type { Tagged } from '../call.ts';
import { ProblemError } from '../errors.ts';
import type { FileSource } from '../source.ts';
import type { Claim } from './claim.ts';
import { endedWell } from './ended.ts';
import type { Engine } from './engine.ts';
import { goOnWithParts, type PartList, type PartsUpload } from './parts-upload.ts';

/**
 * What was begun with this file before: an upload to go on with, or the document that it became without anybody hearing
 * of it. Undefined where there is none, or nothing can come of it any more.
 */
export async function findBegun(
  engine: Engine,
  claim: Claim,
  source: FileSource,
  signal: AbortSignal,
): Promise<PartsUpload | Tagged<Document> | undefined> {
  const entry = await claim.entry();
  if (entry === undefined) return undefined;
  const { documentId } = entry;
  const list = await listParts(engine, documentId, signal);
  const seen = list === 'none' ? undefined : await look(engine, documentId, signal);
  if (seen?.value.sizeBytes === source.sizeBytes) {
    if (typeof list === 'object') return goOnWithParts(seen, list);
    const ended = await endedWell(engine, seen, signal);
    if (ended !== undefined) return ended;
  }
  await claim.drop();
  return undefined;
}

async function listParts(
  { patient }: Engine,
  documentId: string,
  signal: AbortSignal,
): Promise<PartList | 'ended' | 'none'> {
  try {
    return (await patient.callTagged('listParts', { params: { documentId }, signal })).value;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (error.kind === 'upload-ended') return 'ended';
    // Of somebody else who used this device, or of a service that was set up anew at the same address.
    if (error.kind === 'document-not-found' || error.kind === 'not-permitted') return 'none';
    throw error;
  }
}

const look = ({ patient }: Engine, documentId: string, signal: AbortSignal): Promise<Tagged<Document>> =>
  patient.callTagged('getDocument', { params: { documentId }, signal });
