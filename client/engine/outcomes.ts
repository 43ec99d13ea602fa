import type { Document } from '../../contract/schemas/document.ts';
import type { CallTagged, Tagged } from '../call.ts';
import { ProblemError } from '../errors.ts';
import { isSettled, type Look, type OutcomeContext, type OutcomeOptions, waitForOutcome } from '../outcome.ts';
import { onceAborted } from './signals.ts';

export type Outcomes = (documentId: string, options: OutcomeOptions, known?: Tagged<Document>) => Promise<Document>;

export type OutcomesContext = OutcomeContext & { readonly callTagged: CallTagged };

/** Where so many are waited for, one request for the list shows what as many would show one by one. */
const togetherMin = 3;
/** Looks that come within it are one. */
const gatherMilliseconds = 250;

/** `waitForOutcome` for many documents at once. */
export function createOutcomes(context: OutcomesContext): Outcomes {
  let waits = 0;
  let mayList = true;
  let listing: Promise<ReadonlyMap<string, Document>> | undefined;
  /** Seen by the way, before its own look. */
  const settled = new Map<string, Document>();

  const list = async (): Promise<ReadonlyMap<string, Document>> => {
    // Nobody's signal: others may wait for the same answer.
    await context.timing.sleep(gatherMilliseconds, undefined);
    listing = undefined;
    try {
      const { value } = await context.callTagged('listOwnDocuments', { query: { limit: 100 } });
      for (const document of value.documents) if (isSettled(document)) settled.set(document.id, document);
      return new Map(value.documents.map((document) => [document.id, document]));
    } catch (error) {
      // Who may not list looks one by one, and so does everybody for this once where the list fails otherwise.
      if (error instanceof ProblemError && error.status === 403) mayList = false;
      return new Map();
    }
  };
  const look: Look = async (name, input) => {
    const { documentId } = input.params;
    if (!mayList || waits < togetherMin) return context.callTagged(name, input);
    const known = settled.get(documentId);
    if (known !== undefined) return { value: known, entityTag: undefined };
    listing ??= list();
    const found = (await unlessAborted(listing, input.signal)).get(documentId);
    return found === undefined ? context.callTagged(name, input) : { value: found, entityTag: undefined };
  };

  return async (documentId, options, known) => {
    waits += 1;
    try {
      return await waitForOutcome({ ...context, callTagged: look }, documentId, options, known);
    } finally {
      waits -= 1;
      settled.delete(documentId);
    }
  };
}

const unlessAborted = <Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> =>
  signal === undefined
    ? promise
    : new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const forget = onceAborted(signal, () => reject(signal.reason));
        promise.then(resolve, reject).finally(forget);
      });
