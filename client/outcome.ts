import type { Document } from '../contract/schemas/document.ts';
import { settledStates } from '../contract/states.ts';
import type { Call } from './call.ts';
import type { Timing } from './timing.ts';

/** First and longest pause between two looks, and how much each is longer than the one before. */
const pollFirstMilliseconds = 300;
const pollLongestMilliseconds = 5000;
const pollGrowth = 1.6;

/** Whether the outcome of the document's upload is known. */
export const isSettled = (document: Document): boolean => settledStates.some((state) => state === document.state);

export interface OutcomeOptions {
  readonly signal?: AbortSignal | undefined;
  /** How long to wait in all before the document is returned as it is. */
  readonly waitMilliseconds: number;
  /** Called after every look. */
  readonly onDocument?: ((document: Document) => void) | undefined;
}

/**
 * Looks at a document until it is settled and returns it; after `waitMilliseconds` returns it as it is, for a scan may
 * take longer than anyone wants to wait. Pauses grow, and are shortened by chance up to a quarter.
 */
export async function waitForOutcome(
  { call, timing }: { readonly call: Call; readonly timing: Timing },
  documentId: string,
  { signal, waitMilliseconds, onDocument }: OutcomeOptions,
): Promise<Document> {
  const deadline = timing.now() + waitMilliseconds;
  let pause = pollFirstMilliseconds;
  for (;;) {
    const document = await call('getDocument', { params: { documentId }, signal });
    onDocument?.(document);
    if (isSettled(document) || timing.now() >= deadline) return document;
    await timing.sleep(pause * (1 - timing.random() / 4), signal);
    pause = Math.min(pollLongestMilliseconds, pause * pollGrowth);
  }
}
