import type { Metadata } from '../../contract/schemas/metadata.ts';
import type { UploadInstruction, UploadRequest } from '../../contract/schemas/upload.ts';
import { transferLimits } from '../../contract/transfer-limits.ts';
import type { CallResult } from '../call.ts';
import type { Client } from '../create-client.ts';
import { ProblemError } from '../errors.ts';
import { describeFile } from '../file.ts';
import { fromBase64, hexOf } from '../hash/base64.ts';
import type { PartHasher } from '../hash/part-hasher.ts';
import { newKey } from '../idempotency-keys.ts';
import { sourceOf } from '../source.ts';
import { blobOf, type UppyFileLike, type UppyFileWithMeta } from './core.ts';

export interface DeclareOptions {
  /** What a document is about. Default: nothing is said. */
  readonly metadata?: (file: UppyFileWithMeta) => Metadata;
}

export type Declared = UploadInstruction | { readonly error: unknown };

interface Wanted {
  readonly file: UppyFileLike;
  readonly request: UploadRequest;
}

/**
 * Declares files, a hundred with one call, each with what S3 is to hold it to: the hash of a small one; of one that goes up
 * in parts CRC64NVME, for Uppy completes it by itself and knows no hashes of parts, which S3 would ask it for.
 */
export async function declareFiles(
  { call }: Pick<Client, 'call'>,
  files: readonly UppyFileLike[],
  options: DeclareOptions,
  hasher: () => PartHasher,
): Promise<ReadonlyMap<UppyFileLike, Declared>> {
  if (files.length === 0) return new Map();
  const outcomes = new Map<UppyFileLike, Declared>();
  const wanted: Wanted[] = [];
  try {
    const { multipart } = await call('getSettings', {});
    // One after the other: each is in memory while it is hashed.
    for (const file of files) {
      const request = requestFor(file, multipart.aboveSizeBytes, options, hasher());
      await request.then(
        (made) => wanted.push({ file, request: made }),
        (error: unknown) => outcomes.set(file, { error }),
      );
    }
  } catch (error) {
    return new Map(files.map((file) => [file, { error }]));
  }
  for (let at = 0; at < wanted.length; at += transferLimits.batchDocumentsMax) {
    const batch = wanted.slice(at, at + transferLimits.batchDocumentsMax);
    for (const [file, declared] of await declareBatch(call, batch)) outcomes.set(file, declared);
  }
  return outcomes;
}

async function requestFor(
  file: UppyFileLike,
  aboveSizeBytes: number,
  { metadata }: DeclareOptions,
  hasher: PartHasher,
): Promise<UploadRequest> {
  const source = sourceOf(blobOf(file));
  const { sizeBytes } = source;
  const given = { fileName: file.name ?? '', ...(file.type !== '' && { mediaType: file.type }) };
  const body = { ...metadata?.(file as UppyFileWithMeta), ...describeFile(source, given), sizeBytes };
  if (sizeBytes > aboveSizeBytes) return { ...body, checksumAlgorithm: 'CRC64NVME' };
  const { checksum } = await hasher.hash(source, 0, sizeBytes, 'SHA256', new AbortController().signal);
  return { ...body, sha256: hexOf(fromBase64(checksum, 32)) };
}

/** The answers stand in the order of the requests. A batch that is answered to nobody failed for each of its files. */
async function declareBatch(
  call: Client['call'],
  batch: readonly Wanted[],
): Promise<readonly (readonly [UppyFileLike, Declared])[]> {
  try {
    const body = { documents: batch.map(({ request }) => request) };
    const { results } = await call('requestUploads', { body, idempotencyKey: newKey() });
    return batch.map(({ file }, index) => [file, declaredOf(results[index])]);
  } catch (error) {
    return batch.map(({ file }) => [file, { error }]);
  }
}

const declaredOf = (result: CallResult<'requestUploads'>['results'][number] | undefined): Declared => {
  if (result === undefined) return { error: new Error('The service answered for fewer files than were declared.') };
  return 'problem' in result ? { error: new ProblemError(result.problem) } : result;
};
