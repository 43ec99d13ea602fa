import type { FormRequest, UploadForm } from '../../contract/schemas/form.ts';
import type { Failure, FieldError } from '../domain/failure.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { viewOf } from '../domain/view.ts';
import { type DeclareDeps, type Declaring, declareRecord } from './declare-record.ts';
import { formSizeBytesMax, type SignFormDeps, signForm } from './sign-form.ts';

interface Deps extends DeclareDeps, SignFormDeps {
  /** The exact web origins of the environment. */
  readonly allowedOrigins: readonly string[];
}

interface Input extends Declaring {
  readonly body: FormRequest;
}

const tooLarge = (sizeBytesMax: number): FieldError => ({
  pointer: '/sizeBytes',
  detail: `A form takes at most ${sizeBytesMax} bytes. Declare the file without one.`,
});

/** S3 sends the browser there with a key and an ETag: only where those may be seen, so that no form leads elsewhere. */
const redirectErrors = (address: string | undefined, origins: readonly string[]): readonly FieldError[] =>
  address === undefined || origins.includes(URL.parse(address)?.origin ?? '')
    ? []
    : [{ pointer: '/successRedirect', detail: 'Give the address of a page of this application.' }];

/** Declares a file and signs the form that brings it, for pages without scripts and clients that need one. */
export const requestForm =
  (deps: Deps) =>
  async ({ body, ...declaring }: Input): Promise<Result<UploadForm, Failure>> => {
    const { successRedirect, sizeBytes, ...described } = body;
    const sizeBytesMax = formSizeBytesMax(deps.profile);
    const declared = {
      ...described,
      byForm: true as const,
      sizeBytes: sizeBytes ?? sizeBytesMax,
      ...(sizeBytes === undefined && { isSizeOpen: true as const }),
    };
    const errors = [
      ...(declared.sizeBytes > sizeBytesMax ? [tooLarge(sizeBytesMax)] : []),
      ...redirectErrors(successRedirect, deps.allowedOrigins),
    ];
    const created = await declareRecord(deps, declaring, { declared, errors });
    if (!created.ok) return created;
    const form = await signForm(deps, created.value, { successRedirect });
    if (form === undefined) return fail({ kind: 'upload-ended' });
    const { url, fields, expiresAt } = form;
    const signed = { method: 'POST' as const, url, fields: { ...fields }, expiresAt: expiresAt.toISOString() };
    return ok({ document: viewOf(created.value), form: signed });
  };
