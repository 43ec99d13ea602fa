import { partSizeBytesOf, partsCountOf } from '../../contract/parts.ts';
import type { Profile } from '../../contract/profile.ts';
import type { UploadInstruction } from '../../contract/schemas/upload.ts';
import type { DocumentRecord } from '../domain/document.ts';
import { objectKey } from '../domain/object-key.ts';
import { objectStateOf } from '../domain/object-state.ts';
import { isUploading, type UploadingRecord } from '../domain/parts.ts';
import { viewOf } from '../domain/view.ts';
import type { ObjectSigner } from '../ports.ts';

/** Whole seconds from that of `now`, in which a link signed now begins its life. */
export const secondsUntil = (time: string, now: Date): number =>
  Math.floor(Date.parse(time) / 1000) - Math.floor(now.getTime() / 1000);

/** What was said at the declaration, said again: the links of its parts are asked for by themselves. */
const inParts = ({ sizeBytes, upload, uploadExpiresAt }: UploadingRecord): UploadInstruction['upload'] => {
  const { checksumAlgorithm, partSizeBytes = partSizeBytesOf(sizeBytes) } = upload;
  const partsCount = partsCountOf(sizeBytes, partSizeBytes);
  return { kind: 'multipart', partSizeBytes, partsCount, checksumAlgorithm, expiresAt: uploadExpiresAt };
};

/**
 * The document, and the signed PUT or the plan of its parts while its bytes may come. A link that is signed again ends when the first one did:
 * the record promised then until when a transfer can be under way (F10).
 */
export const uploadInstruction = async (
  { signer, profile }: { readonly signer: Pick<ObjectSigner, 'signPut'>; readonly profile: Profile },
  record: DocumentRecord,
  now: Date,
): Promise<UploadInstruction> => {
  const document = viewOf(record);
  if (isUploading(record)) return { document, upload: inParts(record) };
  const expiresInSeconds = Math.min(profile.uploadExpiresInSeconds, secondsUntil(record.uploadExpiresAt, now));
  if (record.state !== 'pending' || record.sha256 === undefined || expiresInSeconds < 1)
    return { document, upload: { kind: 'none' } };
  const { url, headers, expiresAt } = await signer.signPut({
    key: objectKey(record),
    mediaType: record.mediaType,
    sizeBytes: record.sizeBytes,
    sha256: record.sha256,
    state: objectStateOf[record.state],
    retentionClass: record.retentionClass,
    signedAt: now,
    expiresInSeconds,
  });
  return {
    document,
    upload: { kind: 'single-put', method: 'PUT', url, headers, expiresAt: expiresAt.toISOString() },
  };
};
