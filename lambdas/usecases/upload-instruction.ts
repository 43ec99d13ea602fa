import { partSizeBytesOf, partsCountOf } from '../../contract/parts.ts';
import type { Profile } from '../../contract/profile.ts';
import type { FormPost, SinglePut, transfers, UploadInstruction } from '../../contract/schemas/upload.ts';
import type { DocumentRecord } from '../domain/document.ts';
import { objectKey } from '../domain/object-key.ts';
import { objectStateOf } from '../domain/object-state.ts';
import { isUploading, type UploadingRecord } from '../domain/parts.ts';
import { viewOf } from '../domain/view.ts';
import type { Clock, ObjectSigner } from '../ports.ts';
import { secondsUntil } from './seconds-until.ts';
import { signForm } from './sign-form.ts';

/** What was said at the declaration, said again: the links of its parts are asked for by themselves. */
const inParts = ({ sizeBytes, upload, uploadExpiresAt }: UploadingRecord): UploadInstruction['upload'] => {
  const { checksumAlgorithm, partSizeBytes = partSizeBytesOf(sizeBytes) } = upload;
  const partsCount = partsCountOf(sizeBytes, partSizeBytes);
  return { kind: 'multipart', partSizeBytes, partsCount, checksumAlgorithm, expiresAt: uploadExpiresAt };
};

export interface InstructionDeps {
  readonly clock: Clock;
  readonly signer: Pick<ObjectSigner, 'signPut' | 'signForm'>;
  readonly profile: Profile;
}

/** The signed PUT while its bytes may come; undefined where they may come no more, or nobody declared their hash. */
const singlePut = async (
  { clock, signer, profile }: InstructionDeps,
  record: DocumentRecord,
): Promise<SinglePut | undefined> => {
  const signedAt = clock.now();
  const { state, mediaType, sizeBytes, sha256, retentionClass, uploadExpiresAt } = record;
  const expiresInSeconds = Math.min(profile.uploadExpiresInSeconds, secondsUntil(uploadExpiresAt, signedAt));
  if (state !== 'pending' || record.upload !== undefined || sha256 === undefined || expiresInSeconds < 1)
    return undefined;
  const described = {
    key: objectKey(record),
    mediaType,
    sizeBytes,
    sha256,
    state: objectStateOf[state],
    retentionClass,
  };
  const { url, headers, expiresAt } = await signer.signPut({ ...described, signedAt, expiresInSeconds });
  return { kind: 'single-put', method: 'PUT', url, headers, expiresAt: expiresAt.toISOString() };
};

const formPost = async (deps: InstructionDeps, record: DocumentRecord): Promise<FormPost | undefined> => {
  const form = await signForm(deps, record, { successStatus: '201' });
  if (form === undefined) return undefined;
  const { expiresAt, ...signed } = form;
  const fields = { ...signed.fields };
  return { kind: 'form-post', method: 'POST', ...signed, fields, expiresAt: expiresAt.toISOString() };
};

/**
 * The document, and what brings its bytes while they may come. A link that is signed again ends when the first one did:
 * the record promised then until when a transfer can be under way (F10).
 */
export const uploadInstruction = async (
  deps: InstructionDeps,
  record: DocumentRecord,
  transfer: (typeof transfers)[number] = 'put',
): Promise<UploadInstruction> => {
  const document = viewOf(record);
  if (isUploading(record)) return { document, upload: inParts(record) };
  const upload = await (transfer === 'form' ? formPost : singlePut)(deps, record);
  return { document, upload: upload ?? { kind: 'none' } };
};
