import { checksumSizeBytes } from '../../../contract/checksums.ts';
import { partRangeOf, partsCountOf } from '../../../contract/parts.ts';
import type { Profile } from '../../../contract/profile.ts';
import type { PartLinks, PartsRequest } from '../../../contract/schemas/parts.ts';
import type { Caller } from '../../domain/document.ts';
import type { Failure, FieldError } from '../../domain/failure.ts';
import { objectKey } from '../../domain/object-key.ts';
import type { UploadingRecord } from '../../domain/parts.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Clock, Documents, ObjectSigner } from '../../ports.ts';
import { secondsUntil } from '../seconds-until.ts';
import { findUpload } from './find-upload.ts';

export interface SignPartsDeps {
  readonly clock: Clock;
  readonly documents: Pick<Documents, 'find'>;
  readonly signer: Pick<ObjectSigner, 'signParts'>;
  readonly profile: Profile;
}

type AskedPart = PartsRequest['parts'][number];

const errorsMax = 20;

/** What S3 would refuse later: parts that the file does not have, and checksums of another algorithm, or none. */
const errorsOf = ({ sizeBytes, upload }: UploadingRecord, parts: readonly AskedPart[]): readonly FieldError[] => {
  const { partSizeBytes, checksumAlgorithm } = upload;
  const count = partSizeBytes === undefined ? undefined : partsCountOf(sizeBytes, partSizeBytes);
  const checksumLength = Math.ceil(checksumSizeBytes[checksumAlgorithm] / 3) * 4;
  return parts
    .flatMap(({ partNumber, checksum }, index): FieldError[] => {
      const at = (field: string, detail: string) => ({ pointer: `/parts/${index}/${field}`, detail });
      if (count !== undefined && partNumber > count)
        return [at('partNumber', `The file has ${count} parts. Name parts up to that.`)];
      if (checksum === undefined)
        return checksumAlgorithm === 'SHA256' ? [at('checksum', 'Give the SHA-256 of the part, in base64.')] : [];
      return checksum.length === checksumLength
        ? []
        : [at('checksum', `Give the checksum that was declared: ${checksumAlgorithm}, in base64.`)];
    })
    .slice(0, errorsMax);
};

/** Signs parts, as often as they are asked for while the upload is open; each link lives for minutes. */
export const signParts =
  (deps: SignPartsDeps) =>
  async (input: {
    caller: Caller;
    params: { documentId: string };
    body: PartsRequest;
  }): Promise<Result<PartLinks, Failure>> => {
    const found = await findUpload(deps.documents, input.caller, input.params.documentId);
    if (!found.ok) return found;
    const record = found.value;
    const errors = errorsOf(record, input.body.parts);
    if (errors.length > 0) return fail({ kind: 'invalid-request', errors });
    const now = deps.clock.now();
    const expiresInSeconds = Math.min(deps.profile.uploadExpiresInSeconds, secondsUntil(record.uploadExpiresAt, now));
    if (expiresInSeconds < 1) return fail({ kind: 'upload-ended' });
    const { uploadId, partSizeBytes, checksumAlgorithm } = record.upload;
    const sizeOf = (partNumber: number): { readonly sizeBytes?: number } => {
      if (partSizeBytes === undefined) return {};
      const { start, end } = partRangeOf(partNumber, record.sizeBytes, partSizeBytes);
      return { sizeBytes: end - start };
    };
    const { expiresAt, headers, ...links } = await deps.signer.signParts({
      key: objectKey(record),
      uploadId,
      parts: input.body.parts.map((part) => ({ ...part, ...sizeOf(part.partNumber) })),
      checksumAlgorithm,
      signedAt: now,
      expiresInSeconds,
    });
    return ok({ method: 'PUT', ...links, headers: { ...headers }, expiresAt: expiresAt.toISOString() });
  };
