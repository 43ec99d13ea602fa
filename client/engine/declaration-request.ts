import type { CallInput, CallResult, CallTagged, Tagged } from '../call.ts';
import { ProblemError, type SealdropError } from '../errors.ts';
import type { Declaration } from '../idempotency-keys.ts';

export type DeclarationBody = CallInput<'requestUpload'>['body'];
export type Declared = CallResult<'requestUpload'>;
type Results = CallResult<'requestUploads'>['results'];

export interface RequestContext {
  readonly callTagged: CallTagged;
}

/** Of one among many: the request was answered, and it alone was not carried out. */
class RefusedForNow extends ProblemError {}

export const isRefusedForNow = (error: unknown): error is SealdropError =>
  error instanceof RefusedForNow && error.retryable;

/** What became of each file of a declaration, in its order. */
export type Answers = readonly (Tagged<Declared> | ProblemError)[];

/** Sends a declaration until it is answered. */
export async function request(
  context: RequestContext,
  { key, bodies }: Declaration<DeclarationBody>,
  signal: AbortSignal,
): Promise<Answers> {
  const [body, ...more] = bodies;
  if (body !== undefined && more.length === 0) return [await requestOne(context, key, body, signal)];
  try {
    const input = { body: { documents: [...bodies] }, idempotencyKey: key, signal };
    return (await context.callTagged('requestUploads', input)).value.results.map(readResult);
  } catch (error) {
    if (!isRefusedAsAWhole(error)) throw error;
    // One that does not fit the schema spoils a request for all. Halves find it, and the others go their way; their keys
    // are made of this one, so that they too stay the same where all of it is sent again.
    const half = bodies.length >> 1;
    const halves = [
      { key: `${key}0`, bodies: bodies.slice(0, half) },
      { key: `${key}1`, bodies: bodies.slice(half) },
    ];
    return (await Promise.all(halves.map((one) => request(context, one, signal)))).flat();
  }
}

const isRefusedAsAWhole = (error: unknown): boolean =>
  error instanceof ProblemError && [400, 404, 413, 422].includes(error.status);

async function requestOne(
  { callTagged }: RequestContext,
  idempotencyKey: string,
  body: DeclarationBody,
  signal: AbortSignal,
): Promise<Tagged<Declared> | ProblemError> {
  try {
    return await callTagged('requestUpload', { body, idempotencyKey, signal });
  } catch (error) {
    // Of several halves only this one is refused.
    if (error instanceof ProblemError && !error.retryable) return error;
    throw error;
  }
}

/** Documents of a batch come without their tags: the first look at each is not conditional. */
const readResult = (result: Results[number]): Tagged<Declared> | ProblemError =>
  'problem' in result ? new RefusedForNow(result.problem) : { value: result, entityTag: undefined };
