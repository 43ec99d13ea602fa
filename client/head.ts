import { type DocumentFacts, documentHeaders } from '../contract/document-headers.ts';
import { type CallContext, send } from './call.ts';
import { AnswerError } from './errors.ts';
import { parseRetryAfter, withRetry } from './retry.ts';

/** What a HEAD says of a document, with the tag of how it is shown. */
export interface Head extends DocumentFacts {
  readonly entityTag: string | undefined;
}

/** A HEAD has no body, so no problem comes with a status that is none of success. */
export async function head(
  context: CallContext,
  documentId: string,
  signal: AbortSignal | undefined,
): Promise<Head | undefined> {
  return withRetry(context, signal, async () => {
    const { response } = await send(context, 'headDocument', { params: { documentId }, signal });
    const { status, headers } = response;
    // Of this API, and not of whatever else may answer 404 at a wrong address.
    if (status === 404 && headers.has('x-request-id')) return undefined;
    if (!response.ok || !headers.has(documentHeaders.state))
      throw new AnswerError(status, parseRetryAfter(headers.get('retry-after'), context.timing.now()));
    return factsOf(headers);
  });
}

function factsOf(headers: Headers): Head {
  const facts = Object.fromEntries(
    Object.entries(documentHeaders).flatMap(([field, name]) => {
      const value = headers.get(name);
      return value === null ? [] : [[field, value] as const];
    }),
  ) as unknown as DocumentFacts;
  return { ...facts, sizeBytes: Number(facts.sizeBytes), entityTag: headers.get('etag') ?? undefined };
}
