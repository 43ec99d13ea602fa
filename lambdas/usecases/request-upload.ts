import type { Profile } from '../../contract/profile.ts';
import type { UploadInstruction, UploadRequest } from '../../contract/schemas/upload.ts';
import type { AddressClass } from '../../contract/states.ts';
import { mayDeclare } from '../domain/access.ts';
import { admit, declareDocument } from '../domain/declare.ts';
import type { Caller } from '../domain/document.ts';
import type { Failure } from '../domain/failure.ts';
import { objectKey } from '../domain/object-key.ts';
import { objectStateOf } from '../domain/object-state.ts';
import { fail, okWith, type Result } from '../domain/result.ts';
import { storageHeaders } from '../domain/storage-headers.ts';
import { viewOf } from '../domain/view.ts';
import type {
  Clock,
  DocumentIds,
  Documents,
  ObjectAddress,
  ObjectSigner,
  Quotas,
  StorageSettingsSource,
} from '../ports.ts';
import { reserveQuota } from './reserve-quota.ts';

/**
 * Takes the quota, writes the `pending` record, then signs the PUT: an object can never arrive before its record is there,
 * and a record never without being counted.
 */
export const requestUpload =
  (deps: {
    clock: Clock;
    ids: DocumentIds;
    documents: Documents;
    quotas: Pick<Quotas, 'reserve' | 'touch' | 'release'>;
    signer: ObjectSigner;
    addressOf: ObjectAddress;
    profile: Profile;
    storageSettings: StorageSettingsSource;
  }) =>
  async (input: {
    caller: Caller;
    requestId: string;
    addressClass: AddressClass;
    body: UploadRequest;
  }): Promise<Result<UploadInstruction, Failure>> => {
    const { profile } = deps;
    if (!mayDeclare(input.caller)) return fail({ kind: 'not-permitted' });
    const admitted = admit(input.body, profile, input.caller);
    if (!admitted.ok) return admitted;
    // Nothing is stored by settings that are not those deployed, so nothing is declared either.
    const storageSettings = await deps.storageSettings.current();

    const now = deps.clock.now();
    const record = declareDocument(
      { ...input.body, mediaType: admitted.value },
      {
        caller: input.caller,
        documentId: deps.ids.next(now),
        now,
        profile,
        requestId: input.requestId,
        addressClass: input.addressClass,
        storageSettings,
      },
    );
    const refused = profile.quota && (await reserveQuota(deps.quotas, record, profile.quota));
    if (refused !== undefined) return fail(refused);
    await deps.documents.create(record);

    const signed = await deps.signer.signPut({
      key: objectKey(record),
      mediaType: record.mediaType,
      sizeBytes: record.sizeBytes,
      sha256: record.sha256,
      state: objectStateOf[record.state],
      retentionClass: record.retentionClass,
      signedAt: now,
      expiresInSeconds: profile.uploadExpiresInSeconds,
    });
    return okWith(
      {
        document: viewOf(record),
        upload: {
          kind: 'single-put',
          method: 'PUT',
          url: signed.url,
          headers: signed.headers,
          expiresAt: signed.expiresAt.toISOString(),
        },
      },
      storageHeaders(input.caller, record, deps.addressOf),
    );
  };
