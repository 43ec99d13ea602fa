import type * as z from 'zod/mini';
import type { FormAnswer, FormQuery } from '../../../contract/schemas/companion.ts';
import type { Failure } from '../../domain/failure.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { type DeclareDeps, type Declaring, declareRecord } from '../declare-record.ts';
import { secondsUntil } from '../seconds-until.ts';
import { formSizeBytesMax, type SignFormDeps, signForm } from '../sign-form.ts';
import { declarationOf } from './declaration.ts';

type Input = Declaring & { readonly query: z.infer<typeof FormQuery> };

/** `metadata[title]=…`, as Uppy writes objects into queries. */
const metadataOf = (query: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => {
      const [, field] = /^metadata\[([^[\]]+)\]$/.exec(name) ?? [];
      return field === undefined ? [] : [[field, value]];
    }),
  );

/** Declares a file of Uppy's and signs the form that it sends it with. */
export const companionForm =
  (deps: DeclareDeps & SignFormDeps) =>
  async ({ query, ...declaring }: Input): Promise<Result<z.infer<typeof FormAnswer>, Failure>> => {
    const file = { fileName: query.filename, mediaType: query.type, metadata: metadataOf(query) };
    const declared = declarationOf(file, formSizeBytesMax(deps.profile));
    if (!declared.ok) return declared;
    const created = await declareRecord(deps, declaring, { declared: { ...declared.value, byForm: true } });
    if (!created.ok) return created;
    const form = await signForm(deps, created.value, { successStatus: '201' });
    if (form === undefined) return fail({ kind: 'upload-ended' });
    const expires = secondsUntil(form.expiresAt.toISOString(), deps.clock.now());
    return ok({ method: 'POST', url: form.url, fields: { ...form.fields }, expires });
  };
