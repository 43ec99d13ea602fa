import type { Profile } from '../../contract/profile.ts';
import type { DownloadLink } from '../../contract/schemas/download.ts';
import type { AddressClass } from '../../contract/states.ts';
import { attachment } from '../domain/content-disposition.ts';
import type { Caller } from '../domain/document.ts';
import type { Failure } from '../domain/failure.ts';
import { objectKey } from '../domain/object-key.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import type { Clock, Documents, ObjectSigner } from '../ports.ts';
import { findPermitted } from './find-permitted.ts';

/** Signs a GET of exactly the pinned version, and only while the document is available. */
export const issueDownload =
  (deps: { clock: Clock; documents: Documents; signer: ObjectSigner; profile: Profile }) =>
  async (input: {
    caller: Caller;
    requestId: string;
    addressClass: AddressClass;
    params: { documentId: string };
  }): Promise<Result<DownloadLink, Failure>> => {
    const found = await findPermitted(deps.documents, 'download', input.caller, input.params.documentId);
    if (!found.ok) return found;
    const record = found.value;
    if (record.state !== 'available') return fail({ kind: 'document-not-available', state: record.state });
    if (record.versionId === undefined) throw new Error('An available document has no pinned version.');

    const now = deps.clock.now();
    const signed = await deps.signer.signGet({
      key: objectKey(record),
      versionId: record.versionId,
      mediaType: record.mediaType,
      contentDisposition: attachment(record.fileName, record.mediaType),
      signedAt: now,
      expiresInSeconds: deps.profile.downloadExpiresInSeconds,
    });
    const expiresAt = signed.expiresAt.toISOString();
    // Before the link leaves: who cannot be recorded gets none.
    await deps.documents.recordDownload(record, {
      revision: record.lastChange.revision,
      at: now.toISOString(),
      by: input.caller.subjectId,
      requestId: input.requestId,
      addressClass: input.addressClass,
      expiresAt,
    });
    return ok({ url: signed.url, expiresAt });
  };
