import { partsDigest } from '../../../../lambdas/adapters/parts-digest.ts';
import type { DocumentRecord, PartsUpload } from '../../../../lambdas/domain/document.ts';
import { objectKey } from '../../../../lambdas/domain/object-key.ts';
import { abortUpload } from '../../../../lambdas/usecases/multipart/abort-upload.ts';
import { completeUpload } from '../../../../lambdas/usecases/multipart/complete-upload.ts';
import { listParts } from '../../../../lambdas/usecases/multipart/list-parts.ts';
import { signParts } from '../../../../lambdas/usecases/multipart/sign-parts.ts';
import { owner, spySigner } from '../../../support/callers.ts';
import { documentsWorld } from '../../../support/documents-world.ts';
import { sha256Of } from '../../../support/memory-uploads.ts';

/** Of 25 bytes in parts of ten, by SHA-256, begun at S3, and nothing of it there yet. */
export const uploadWorld = async (
  changes: { record?: Partial<DocumentRecord>; upload?: Partial<PartsUpload> } = {},
) => {
  const upload: PartsUpload = {
    uploadId: 'upload-1',
    partSizeBytes: 10,
    checksumAlgorithm: 'SHA256',
    ...changes.upload,
  };
  const uploadExpiresAt = '2026-11-22T10:00:00.000Z';
  const { sha256: _none, ...world } = {
    sha256: undefined,
    ...documentsWorld({
      record: { sizeBytes: 25, uploadExpiresAt, sweepAfter: uploadExpiresAt, upload, ...changes.record },
      stored: undefined,
    }),
  };
  const { sha256: _whole, ...unhashed } = world.record;
  world.deps.documents.records.set(`${unhashed.tenantId}/${unhashed.documentId}`, unhashed);
  const key = objectKey(unhashed);
  const { uploads } = world.deps;
  await uploads.create({
    key,
    mediaType: 'application/pdf',
    state: 'incoming',
    checksumAlgorithm: upload.checksumAlgorithm,
  });
  const { asked, signer } = spySigner();
  const deps = { ...world.deps, signer, digestOfParts: partsDigest };
  const input = { caller: owner, params: { documentId: unhashed.documentId } };
  return {
    ...world,
    key,
    asked,
    deps,
    input,
    /** Puts the parts with these numbers, as long as the plan has them. */
    put: (...numbers: number[]) =>
      uploads.put(
        { key, uploadId: world.current().upload?.uploadId ?? '' },
        ...numbers.map((partNumber) => ({
          partNumber,
          sizeBytes: partNumber === 3 ? 5 : 10,
          etag: `"${partNumber}"`,
          checksum: sha256Of(`part ${partNumber}`),
        })),
      ),
    whole: partsDigest(
      [1, 2, 3].map((number) => ({ partNumber: number, sizeBytes: 1, etag: '', checksum: sha256Of(`part ${number}`) })),
    ),
    sign: (...parts: { partNumber: number; checksum?: string }[]) => signParts(deps)({ ...input, body: { parts } }),
    list: () => listParts(deps)(input),
    complete: (checksum?: string) =>
      completeUpload(deps)({ ...input, body: checksum === undefined ? {} : { checksum } }),
    abort: () => abortUpload(deps)(input),
  };
};
