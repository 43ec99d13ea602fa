import type { Document } from '../../contract/schemas/document.ts';
import type { Tagged } from '../call.ts';
import type { Engine } from './engine.ts';

/** What a finished upload needs to be verified, most of the time; who sent all of it shall not send it again. */
const settleMilliseconds = 15_000;

/**
 * The document of an upload that is over, where its bytes came. What was completed is `pending` for a moment, so a moment
 * is waited; undefined where nothing comes of it.
 */
export async function endedWell(
  { waitForOutcome }: Pick<Engine, 'waitForOutcome'>,
  seen: Tagged<Document>,
  signal: AbortSignal,
): Promise<Tagged<Document> | undefined> {
  const waitMilliseconds = settleMilliseconds;
  const document = await waitForOutcome(seen, { signal, waitMilliseconds });
  const isWell = document.state === 'available' || document.state === 'scanning' || document.state === 'rejected';
  return isWell ? { value: document, entityTag: undefined } : undefined;
}
