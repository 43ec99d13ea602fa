import type { Profile } from '../../contract/profile.ts';
import type { DownloadLink, DownloadQuery } from '../../contract/schemas/download.ts';
import type { AddressClass } from '../../contract/states.ts';
import type { Caller } from '../domain/document.ts';
import { wishErrors } from '../domain/download.ts';
import type { Failure } from '../domain/failure.ts';
import { fail, ok, type Redirect, type Result, redirect } from '../domain/result.ts';
import type { Clock, Documents, ObjectSigner } from '../ports.ts';
import { findPermitted } from './find-permitted.ts';
import { recordedDownload } from './recorded-download.ts';

interface Deps {
  readonly clock: Clock;
  readonly documents: Pick<Documents, 'find' | 'recordDownload'>;
  readonly signer: Pick<ObjectSigner, 'signGet'>;
  readonly profile: Profile;
}

interface Input {
  readonly caller: Caller;
  readonly requestId: string;
  readonly addressClass: AddressClass;
  readonly params: { readonly documentId: string };
  readonly query: DownloadQuery;
}

/** A signed GET of exactly the pinned version, and only while the document is available. */
export const issueDownload =
  (deps: Deps) =>
  async ({
    caller,
    requestId,
    addressClass,
    params,
    query,
  }: Input): Promise<Result<DownloadLink, Failure> | Redirect> => {
    const found = await findPermitted(deps.documents, 'download', caller, params.documentId);
    if (!found.ok) return found;
    const record = found.value;
    const errors = wishErrors(query, record, caller, deps.profile, (field) => `query:${field}`);
    if (errors.length > 0) return fail({ kind: 'invalid-request', errors });
    if (record.state !== 'available') return fail({ kind: 'document-not-available', state: record.state });

    const { disposition = 'attachment', reason } = query;
    const link = await recordedDownload(deps, record, {
      at: deps.clock.now(),
      expiresInSeconds: deps.profile.downloadExpiresInSeconds,
      disposition,
      to: { by: caller.subjectId, requestId, addressClass, ...(reason !== undefined && { reason }) },
    });
    return query.redirect ? redirect(link.url) : ok(link);
  };
