import type * as z from 'zod/mini';
import type { BatchAnswer, NoAnswer, PartAnswer, PartsAnswer } from '../../../contract/schemas/companion.ts';
import type { PartLinks } from '../../../contract/schemas/parts.ts';
import type { Failure } from '../../domain/failure.ts';
import { objectKey } from '../../domain/object-key.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Clock, MultipartUploads } from '../../ports.ts';
import { type AbortDeps, abortUpload } from '../multipart/abort-upload.ts';
import { type SignPartsDeps, signParts } from '../multipart/sign-parts.ts';
import { secondsUntil } from '../seconds-until.ts';
import { findBound, type NamedUpload } from './find-bound.ts';

/** Asked by its key, so that what is signed, listed or given up is that of the document. */
const signed = async (
  deps: SignPartsDeps,
  input: NamedUpload,
  partNumbers: readonly number[],
): Promise<Result<PartLinks, Failure>> => {
  const found = await findBound(deps.documents, input);
  if (!found.ok) return found;
  const params = { documentId: found.value.documentId };
  const body = { parts: partNumbers.map((partNumber) => ({ partNumber })) };
  return signParts(deps)({ caller: input.caller, params, body });
};

const urlOf = ({ urlTemplate }: PartLinks, partNumber: number, signature = ''): string =>
  urlTemplate.replace('{partNumber}', String(partNumber)).replace('{signature}', signature);

const lifeOf = ({ expiresAt }: PartLinks, clock: Clock): number => secondsUntil(expiresAt, clock.now());

export const companionSignPart =
  (deps: SignPartsDeps) =>
  async (
    input: NamedUpload & { params: { partNumber: number } },
  ): Promise<Result<z.infer<typeof PartAnswer>, Failure>> => {
    const { partNumber } = input.params;
    const links = await signed(deps, input, [partNumber]);
    if (!links.ok) return links;
    const [signature] = links.value.signatures;
    return ok({ url: urlOf(links.value, partNumber, signature), expires: lifeOf(links.value, deps.clock) });
  };

export const companionSignBatch =
  (deps: SignPartsDeps) =>
  async (
    input: NamedUpload & { query: { partNumbers: readonly number[] } },
  ): Promise<Result<z.infer<typeof BatchAnswer>, Failure>> => {
    const { partNumbers } = input.query;
    const links = await signed(deps, input, partNumbers);
    if (!links.ok) return links;
    const { signatures } = links.value;
    const urls = partNumbers.map((partNumber, index) => [
      partNumber,
      urlOf(links.value, partNumber, signatures[index]),
    ]);
    return ok({ presignedUrls: Object.fromEntries(urls) });
  };

export const companionListParts =
  (deps: Pick<SignPartsDeps, 'documents'> & { readonly uploads: Pick<MultipartUploads, 'listParts'> }) =>
  async (input: NamedUpload): Promise<Result<z.infer<typeof PartsAnswer>, Failure>> => {
    const found = await findBound(deps.documents, input);
    if (!found.ok) return found;
    const { upload } = found.value;
    const parts = await deps.uploads.listParts({ key: objectKey(found.value), uploadId: upload.uploadId });
    if (parts === undefined) return fail({ kind: 'upload-ended' });
    return ok(
      parts.map(({ partNumber, etag, sizeBytes }) => ({ PartNumber: partNumber, ETag: etag, Size: sizeBytes })),
    );
  };

export const companionAbort =
  (deps: AbortDeps) =>
  async (input: NamedUpload): Promise<Result<z.infer<typeof NoAnswer>, Failure>> => {
    const found = await findBound(deps.documents, input);
    if (!found.ok) return found;
    const aborted = await abortUpload(deps)({ caller: input.caller, params: { documentId: found.value.documentId } });
    return aborted.ok ? ok({}) : aborted;
  };
