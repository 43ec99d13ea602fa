import type { Disposition, DownloadLink } from '../../contract/schemas/download.ts';
import { contentDisposition } from '../domain/content-disposition.ts';
import type { DocumentRecord } from '../domain/document.ts';
import type { DownloadIssued } from '../domain/history.ts';
import { objectKey } from '../domain/object-key.ts';
import type { Documents, ObjectSigner } from '../ports.ts';

export interface RecordedDownloadDeps {
  readonly documents: Pick<Documents, 'recordDownload'>;
  readonly signer: Pick<ObjectSigner, 'signGet'>;
}

export interface Given {
  readonly at: Date;
  readonly expiresInSeconds: number;
  readonly disposition: Disposition;
  /** Who gets it, on what request, and why. */
  readonly to: Omit<DownloadIssued, 'revision' | 'at' | 'expiresAt' | 'disposition'>;
}

/**
 * Signs a GET of exactly the pinned version of an available document, and puts it into the history before the link
 * leaves: who cannot be recorded gets none.
 */
export const recordedDownload = async (
  { documents, signer }: RecordedDownloadDeps,
  record: DocumentRecord,
  { at, expiresInSeconds, disposition, to }: Given,
): Promise<DownloadLink> => {
  if (record.versionId === undefined) throw new Error('An available document has no pinned version.');
  const signed = await signer.signGet({
    key: objectKey(record),
    versionId: record.versionId,
    mediaType: record.mediaType,
    contentDisposition: contentDisposition(disposition, record.fileName, record.mediaType),
    signedAt: at,
    expiresInSeconds,
  });
  const expiresAt = signed.expiresAt.toISOString();
  const { revision } = record.lastChange;
  await documents.recordDownload(record, { revision, at: at.toISOString(), ...to, expiresAt, disposition });
  return { url: signed.url, expiresAt };
};
