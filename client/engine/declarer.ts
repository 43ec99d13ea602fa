import { transferLimits } from '../../contract/transfer-limits.ts';
import type { Tagged } from '../call.ts';
import { AnswerError, ProblemError } from '../errors.ts';
import { type Declaration, IdempotencyKeys, newKey, type Place } from '../idempotency-keys.ts';
import { type RetryContext, withRetry } from '../retry.ts';
import {
  type DeclarationBody,
  type Declared,
  isRefusedForNow,
  type RequestContext,
  request,
} from './declaration-request.ts';
import { onceAborted } from './signals.ts';

/** Declares files, many at a time. */
export interface Declarer {
  /** `file` is whatever stays the same where the same file is tried again. Rejects with the signal's reason at once. */
  declare(file: object, body: DeclarationBody, signal: AbortSignal): Promise<Tagged<Declared>>;
}

export interface DeclarerContext extends RetryContext, RequestContext {
  /** Whether other files are about to be declared. */
  readonly areMoreComing: () => boolean;
}

interface Waiting {
  readonly place: Place<DeclarationBody>;
  readonly file: object;
  readonly signal: AbortSignal;
  readonly resolve: (declared: Tagged<Declared>) => void;
  readonly reject: (reason: unknown) => void;
  /** Stops listening to the signal. */
  readonly forget: () => void;
}

/** As many as a browser has connections; then twice as many each time. */
const mostAtStart = 12;

/** What the first file waits at most for others that are about to come, looking this often. */
const gatherMillisecondsMax = 10;
const lookMilliseconds = 1;

/**
 * The first file is declared at once where no others are about to come; those that come while a request is under way wait
 * for the next one, which takes up to a hundred, and the first ones fewer: what they declare is sent while the next is
 * declared. So one file waits for nobody, connections have work soon, and many files cost a few requests.
 */
export function createDeclarer(context: DeclarerContext): Declarer {
  const keys = new IdempotencyKeys<DeclarationBody>();
  const fresh: { file: object; body: DeclarationBody; start: (place: Place<DeclarationBody>) => void }[] = [];
  const again = new Map<Declaration<DeclarationBody>, Waiting[]>();
  let isBusy = false;
  let most = mostAtStart;

  const gather = (): Declaration<DeclarationBody> | undefined => {
    const gathered = fresh.splice(0, most);
    if (gathered.length === 0) return undefined;
    if (gathered.length === most) most = Math.min(most * 2, transferLimits.batchDocumentsMax);
    const declaration = { key: newKey(), bodies: gathered.map(({ body }) => body) };
    for (const [index, { start }] of gathered.entries()) start({ declaration, index });
    return declaration;
  };
  const work = async () => {
    if (isBusy) return;
    isBusy = true;
    const { timing, areMoreComing } = context;
    const until = timing.now() + gatherMillisecondsMax;
    while (fresh.length < most && areMoreComing() && timing.now() < until)
      await timing.sleep(lookMilliseconds, undefined);
    for (let next = pick(); next !== undefined; next = pick()) {
      const waiting = again.get(next) ?? [];
      again.delete(next);
      await send(context, keys, next, waiting);
    }
    isBusy = false;
    most = mostAtStart;
  };
  const pick = () => again.keys().next().value ?? gather();

  const declareOnce = (file: object, body: DeclarationBody, signal: AbortSignal) =>
    new Promise<Tagged<Declared>>((resolve, reject) => {
      signal.throwIfAborted();
      const forget = onceAborted(signal, () => {
        const index = fresh.indexOf(entry);
        if (index !== -1) fresh.splice(index, 1);
        reject(signal.reason);
      });
      const start = (place: Place<DeclarationBody>) => {
        keys.remember(file, place);
        const one = { place, file, signal, resolve, reject, forget };
        again.set(place.declaration, [...(again.get(place.declaration) ?? []), one]);
      };
      const entry = { file, body, start };
      const earlier = keys.placeOf(file, body);
      if (earlier === undefined) fresh.push(entry);
      else start(earlier);
      void work();
    });
  return {
    // A refusal of one among many is no failed request, so nothing tried it again.
    declare: (file, body, signal) => withRetry(context, signal, () => declareOnce(file, body, signal), isRefusedForNow),
  };
}

/** Sends a declaration until it is answered. Given up only where nobody waits for it any more. */
async function send(
  context: DeclarerContext,
  keys: IdempotencyKeys<DeclarationBody>,
  declaration: Declaration<DeclarationBody>,
  waiting: readonly Waiting[],
): Promise<void> {
  const abandoned = new AbortController();
  const look = () => {
    if (waiting.every(({ signal }) => signal.aborted)) abandoned.abort(waiting[0]?.signal.reason);
  };
  const forgets = waiting.map(({ signal }) => onceAborted(signal, look));
  look();
  try {
    const answers = await request(context, declaration, abandoned.signal);
    for (const { file, place, resolve, reject } of waiting) {
      keys.forget(file);
      const answer = answers[place.index];
      if (answer === undefined) reject(new AnswerError(200));
      else if (answer instanceof ProblemError) reject(answer);
      else resolve(answer);
    }
  } catch (error) {
    for (const { reject } of waiting) reject(error);
  } finally {
    for (const forget of [...forgets, ...waiting.map((one) => one.forget)]) forget();
  }
}
