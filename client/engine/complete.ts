import type { Document } from '../../contract/schemas/document.ts';
import type { Tagged } from '../call.ts';
import { ProblemError } from '../errors.ts';
import { combineCrc64Nvme, compositeSha256 } from '../hash/checksums.ts';
import type { Report } from '../progress.ts';
import type { FileSource } from '../source.ts';
import type { Engine } from './engine.ts';
import { list, type PartsUpload, sizeOfPart } from './parts-upload.ts';
import { sendParts } from './send-parts.ts';

/** How often all of it is gone over where the service finds parts wanting that the storage had taken. */
const roundsMax = 4;

/** Sends what is missing and has one object made of it, until the service finds nothing wanting. */
export async function sendAndComplete(
  engine: Engine,
  upload: PartsUpload,
  source: FileSource,
  report: Report,
  signal: AbortSignal,
): Promise<Tagged<Document>> {
  for (let round = 1; ; round += 1) {
    try {
      await sendParts(engine, upload, source, report, signal);
      return await complete(engine, upload, signal);
    } catch (error) {
      if (round >= roundsMax || !(await mend(engine, upload, error, signal))) throw error;
    }
  }
}

async function complete({ patient }: Engine, upload: PartsUpload, signal: AbortSignal): Promise<Tagged<Document>> {
  const params = { documentId: upload.documentId };
  const body = { checksum: await checksumOfAll(upload) };
  upload.maybeComplete = true;
  return patient.callTagged('completeUpload', { params, body, signal });
}

/** What all parts must be together, reckoned from those that were read from the file. */
async function checksumOfAll(upload: PartsUpload): Promise<string> {
  const parts = Array.from({ length: upload.plan.partsCount }, (_, index) => {
    const checksum = upload.checksums.get(index + 1);
    if (checksum === undefined) throw new Error(`Part ${index + 1} was never hashed.`);
    return { checksum, sizeBytes: sizeOfPart(upload, index + 1) };
  });
  if (upload.plan.checksumAlgorithm === 'CRC64NVME') return combineCrc64Nvme(parts);
  return compositeSha256(parts.map(({ checksum }) => checksum));
}

/** Takes over what the service found, and tells whether another round may do. */
async function mend(engine: Engine, upload: PartsUpload, error: unknown, signal: AbortSignal): Promise<boolean> {
  if (!(error instanceof ProblemError)) return false;
  if (error.kind === 'upload-incomplete') {
    const wanting = partNumbersOf(error);
    for (const partNumber of wanting) {
      upload.stored.delete(partNumber);
      upload.listed.delete(partNumber);
    }
    return wanting.length > 0;
  }
  if (error.kind !== 'upload-restarted') return false;
  const { value } = await engine.patient.callTagged('listParts', { params: { documentId: upload.documentId }, signal });
  const { partSizeBytes, checksumAlgorithm } = upload.plan;
  if (value.partSizeBytes !== partSizeBytes || value.checksumAlgorithm !== checksumAlgorithm) upload.checksums.clear();
  upload.plan = value;
  upload.stored.clear();
  upload.inDoubt.clear();
  upload.listed.clear();
  list(upload, value.parts);
  upload.maybeComplete = false;
  return true;
}

const partNumbersOf = ({ problem }: ProblemError): readonly number[] =>
  (problem.errors ?? []).flatMap(({ pointer }) => {
    const [, number] = /^\/parts\/(\d+)$/.exec(pointer) ?? [];
    return number === undefined ? [] : [Number(number)];
  });
