import type { Problem } from '../../contract/problems.ts';
import type { UploadInstructions, UploadRequests } from '../../contract/schemas/upload.ts';
import { mayDeclare } from '../domain/access.ts';
import type { Failure } from '../domain/failure.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import type { Digest, Quotas } from '../ports.ts';
import { aFewAtOnce } from './a-few-at-once.ts';
import { gatheredQuotas } from './gathered-quotas.ts';
import { type RequestUploadDeps, type RequestUploadInput, requestUpload } from './request-upload.ts';

interface Deps extends RequestUploadDeps {
  readonly quotas: Pick<Quotas, 'reserve' | 'reserveMany' | 'touch' | 'release'>;
  /** A refusal as it is told to callers of the API at that address. */
  readonly problemOf: (failure: Failure, at: { requestId: string; apiAddress: string }) => Problem;
  readonly digest: Digest;
}

interface Input extends Omit<RequestUploadInput, 'body'> {
  readonly apiUrl: string;
  readonly body: UploadRequests;
}

/**
 * The ids of the documents of one request, made of the one that is bound to its key: the same whenever it is sent again.
 * Time and version stay (UUIDv7, RFC 9562 section 5.7); what is random there is a hash, as good as random.
 */
const nthId = (digest: Digest, resourceId: string, index: number): string => {
  const random = digest(`${resourceId}#${index}`);
  const tail = `${random.slice(0, 3)}-${'89ab'[Number.parseInt(random.slice(3, 4), 16) % 4]}${random.slice(4, 7)}-${random.slice(7, 19)}`;
  return `${resourceId.slice(0, 15)}${tail}`;
};

/**
 * So few that none of the calls waits for others until it is given up: they share the connections of one function. What
 * these reserve of a quota is one write for each counter.
 */
const atOnceMax = 25;

/** Declares many documents in one request. Each is accepted or refused as if it had been declared by itself. */
export const requestUploads = (deps: Deps) => {
  return async ({ body, apiUrl, claim, ...input }: Input): Promise<Result<UploadInstructions, Failure>> => {
    const declare = requestUpload({ ...deps, quotas: gatheredQuotas(deps.quotas) });
    if (!mayDeclare(input.caller)) return fail({ kind: 'not-permitted' });
    const at = { requestId: input.requestId, apiAddress: apiUrl };
    const results = await aFewAtOnce(body.documents, atOnceMax, async (document, index) => {
      const own = claim && { ...claim, resourceId: nthId(deps.digest, claim.resourceId, index) };
      const outcome = await declare({ ...input, body: document, claim: own });
      return outcome.ok ? outcome.value : { problem: deps.problemOf(outcome.failure, at) };
    });
    return ok({ results });
  };
};
