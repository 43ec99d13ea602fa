import type * as z from 'zod/mini';
import type { CreateAnswer, CreateRequest } from '../../../contract/schemas/companion.ts';
import type { Failure } from '../../domain/failure.ts';
import { objectKey } from '../../domain/object-key.ts';
import { ok, type Result } from '../../domain/result.ts';
import { type DeclareDeps, type Declaring, declareRecord } from '../declare-record.ts';
import { declarationOf } from './declaration.ts';

export interface CreateDeps extends DeclareDeps {
  readonly bucket: string;
}

type Input = Declaring & { readonly body: z.infer<typeof CreateRequest> };

/**
 * Declares a file of Uppy's and begins its upload, in parts of the size that Uppy chooses. It sends no checksums of them,
 * so S3 reckons that of the whole by itself.
 */
export const companionCreate =
  (deps: CreateDeps) =>
  async ({ body, ...declaring }: Input): Promise<Result<z.infer<typeof CreateAnswer>, Failure>> => {
    const file = { fileName: body.filename, mediaType: body.type, metadata: body.metadata ?? {} };
    const declared = declarationOf(file, deps.profile.sizeBytesMax);
    if (!declared.ok) return declared;
    // S3 keeps no SHA-256 of a whole that came in parts: to hold it to one would refuse every upload.
    const { sha256: _, ...inParts } = declared.value;
    const parts = { checksumAlgorithm: 'CRC64NVME' as const };
    const created = await declareRecord(deps, declaring, { declared: inParts, parts });
    if (!created.ok) return created;
    const record = created.value;
    return ok({ key: objectKey(record), uploadId: record.upload?.uploadId ?? '', bucket: deps.bucket });
  };
