import type { Document } from '../../contract/schemas/document.ts';
import { transferLimits } from '../../contract/transfer-limits.ts';
import type { CallTagged, Tagged } from '../call.ts';
import { ProblemError } from '../errors.ts';

/** A document whose outcome somebody waits for. */
export interface Awaited {
  /** As it was seen last. */
  readonly seen: Tagged<Document>;
  readonly signal: AbortSignal | undefined;
  show(seen: Tagged<Document>): void;
  fail(error: unknown): void;
}

/** Looks at documents once, by as few requests as there may be. */
export type LookAt = (awaited: ReadonlySet<Awaited>) => Promise<void>;

export interface LooksContext {
  readonly callTagged: CallTagged;
  /** Whether files are on their way: they need the network and the service more than anybody needs an outcome. */
  readonly isSending: () => boolean;
}

/** Where so many are waited for, one request for the list shows what as many would show one by one. */
const togetherMin = 3;

/**
 * A few are looked at one by one, conditionally. More are looked for in the list, newest first, as far as the oldest of
 * them: a page at each look while files are sent, else all pages at once.
 */
export function createLooks({ callTagged, isSending }: LooksContext): LookAt {
  let mayList = true;
  /** What was not come to yet in a list that was not read to its end. */
  let reading: { readonly cursor: string | undefined; readonly unseen: ReadonlySet<Awaited> } | undefined;

  const lookAtOne = async (one: Awaited) => {
    const { seen, signal } = one;
    try {
      one.show(await callTagged('getDocument', { params: { documentId: seen.value.id }, signal, known: seen }));
    } catch (error) {
      one.fail(error);
    }
  };
  /** Shows what the list has, and returns what it has not. */
  const readList = async (awaited: ReadonlySet<Awaited>): Promise<readonly Awaited[]> => {
    const { cursor, unseen } = reading ?? { cursor: undefined, unseen: awaited };
    reading = undefined;
    // Nobody's signal: others wait for the same answer.
    const { value } = await callTagged('listOwnDocuments', { query: { limit: transferLimits.listLimitMax, cursor } });
    const { documents, nextCursor } = value;
    const found = new Map(documents.map((document) => [document.id, document]));
    const left: Awaited[] = [];
    for (const one of unseen) {
      const document = found.get(one.seen.value.id);
      if (!awaited.has(one)) continue;
      if (document === undefined) left.push(one);
      else one.show({ value: document, entityTag: undefined });
    }
    const last = documents.at(-1)?.createdAt ?? '';
    const isFurther = left.some(({ seen }) => last === '' || seen.value.createdAt <= last);
    if (nextCursor === undefined || !isFurther) return left;
    reading = { cursor: nextCursor, unseen: new Set(left) };
    return isSending() ? [] : readList(awaited);
  };
  const lookTogether = async (awaited: ReadonlySet<Awaited>): Promise<readonly Awaited[]> => {
    try {
      if (mayList) return await readList(awaited);
    } catch (error) {
      // Who may not list looks one by one, and so does everybody for this once where the list fails otherwise.
      if (error instanceof ProblemError && error.status === 403) mayList = false;
    }
    return [...awaited];
  };

  return async (awaited) => {
    const isMany = awaited.size >= togetherMin;
    const left = isMany ? await lookTogether(awaited) : [...awaited];
    await Promise.all((isSending() ? left.slice(0, togetherMin - 1) : left).map(lookAtOne));
  };
}
