import type { Profile } from '../../contract/profile.ts';
import type { UploadInstruction } from '../../contract/schemas/upload.ts';
import type { DocumentRecord } from '../domain/document.ts';
import { objectKey } from '../domain/object-key.ts';
import { objectStateOf } from '../domain/object-state.ts';
import { viewOf } from '../domain/view.ts';
import type { ObjectSigner } from '../ports.ts';

/** Whole seconds from that of `now`, in which a link signed now begins its life. */
const secondsUntil = (time: string, now: Date): number =>
  Math.floor(Date.parse(time) / 1000) - Math.floor(now.getTime() / 1000);

/**
 * The document, and the signed PUT while its bytes may come. A link that is signed again ends when the first one did:
 * the record promised then until when a transfer can be under way (F10).
 */
export const uploadInstruction = async (
  { signer, profile }: { readonly signer: ObjectSigner; readonly profile: Profile },
  record: DocumentRecord,
  now: Date,
): Promise<UploadInstruction> => {
  const document = viewOf(record);
  const expiresInSeconds = Math.min(profile.uploadExpiresInSeconds, secondsUntil(record.uploadExpiresAt, now));
  if (record.state !== 'pending' || expiresInSeconds < 1) return { document, upload: { kind: 'none' } };
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
