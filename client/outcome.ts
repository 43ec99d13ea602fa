import type { Document } from '../contract/schemas/document.ts';
import { settledStates } from '../contract/states.ts';
import type { CallInput, Tagged } from './call.ts';
import type { Presence } from './presence.ts';
import { createSchedule } from './schedule.ts';
import type { Timing } from './timing.ts';

/** Whether the outcome of the document's upload is known. */
export const isSettled = (document: Document): boolean => settledStates.some((state) => state === document.state);

export interface OutcomeOptions {
  readonly signal?: AbortSignal | undefined;
  /**
   * How long to wait in all before the document is returned as it is. Default: until it is settled, which it will be,
   * for the service settles by itself whatever got stuck.
   */
  readonly waitMilliseconds?: number | undefined;
  /** Called after every look. */
  readonly onDocument?: ((document: Document) => void) | undefined;
  /** Called once, where it takes longer than `slowMilliseconds`: time to tell the person that they need not wait. */
  readonly onSlow?: ((document: Document) => void) | undefined;
}

/** Longer than nearly every document without a scan takes, and as long as anyone looks at a bar that stands still. */
export const slowMilliseconds = 15_000;

/** `callTagged` of the one route that is asked for. */
export type Look = (
  name: 'getDocument',
  input: CallInput<'getDocument'> & { readonly known?: Tagged<Document> | undefined },
) => Promise<Tagged<Document>>;

export interface OutcomeContext {
  readonly callTagged: Look;
  readonly timing: Timing;
  readonly presence: Presence;
}

/**
 * Looks at a document by the schedule until it is settled and returns it. The looks are conditional: one that brings
 * nothing new is answered without the document. Nobody is asked while the page is hidden or offline; who comes back
 * gets a look at once and a schedule from its start. `known` is what was seen last; then the first look comes after
 * the first pause.
 */
export async function waitForOutcome(
  { callTagged, timing, presence }: OutcomeContext,
  documentId: string,
  { signal, waitMilliseconds = Number.POSITIVE_INFINITY, onDocument, onSlow }: OutcomeOptions,
  known?: Tagged<Document>,
): Promise<Document> {
  const begun = timing.now();
  const schedule = createSchedule(timing.random);
  const look = async (before?: Tagged<Document>) => {
    const seen = await callTagged('getDocument', { params: { documentId }, signal, known: before });
    onDocument?.(seen.value);
    return seen;
  };
  let isSlow = false;
  let seen = known ?? (await look());
  while (!isSettled(seen.value)) {
    const waited = timing.now() - begun;
    if (waited >= waitMilliseconds) break;
    if (waited >= slowMilliseconds && !isSlow) {
      isSlow = true;
      onSlow?.(seen.value);
    }
    await timing.sleep(schedule.next(seen.value.state), signal);
    if (await presence.untilPresent(signal)) schedule.restart();
    seen = await look(seen);
  }
  return seen.value;
}
