import { useCallback, useEffect, useState } from 'preact/hooks';
import { type Client, createSchedule, isSettled, ProblemError } from '../../../client/index.ts';
import type { Document } from '../../../contract/schemas/document.ts';
import { type Failure, failureInWords, mayStillArrive } from '../words.ts';
import { type KnownDocuments, withFirstPage, withOlderPage, withSeen } from './known-documents.ts';

export interface DocumentsControl {
  /** Undefined until the first page is there. */
  readonly known: KnownDocuments | undefined;
  readonly failure: Failure | undefined;
  readonly loading: boolean;
  refresh(): void;
  loadOlder(): void;
  /** Takes in a document that was seen elsewhere. */
  see(document: Document): void;
}

export function useDocuments(client: Client, onUnauthenticated: () => void): DocumentsControl {
  const [known, setKnown] = useState<KnownDocuments>();
  const [failure, setFailure] = useState<Failure>();
  const [loading, setLoading] = useState(false);

  const load = useCallback(
    async (cursor?: string) => {
      setLoading(true);
      try {
        const page = await client.call('listOwnDocuments', { query: cursor === undefined ? {} : { cursor } });
        setKnown((before) =>
          before === undefined || cursor === undefined ? withFirstPage(before, page) : withOlderPage(before, page),
        );
        setFailure(undefined);
      } catch (error) {
        if (error instanceof ProblemError && error.kind === 'unauthenticated') onUnauthenticated();
        else setFailure(failureInWords(error));
      } finally {
        setLoading(false);
      }
    },
    [client],
  );
  const refresh = useCallback(() => void load(), [load]);

  useEffect(refresh, [refresh]);
  useLookAgain(known?.documents.filter((document) => mayChange(document)) ?? [], refresh);

  return {
    known,
    failure,
    loading,
    refresh,
    loadOlder: () => void load(known?.nextCursor),
    see: (document) => {
      if (known === undefined || failure !== undefined) refresh();
      setKnown((before) => before && { ...before, documents: withSeen(before.documents, [document]) });
    },
  };
}

const mayChange = (document: Document): boolean =>
  !isSettled(document) && (document.state !== 'pending' || mayStillArrive(document, Date.now()));

/**
 * Looks again while something may still change and the page is visible, and at once when it or the network is back.
 * At the slower pace: nobody here waits for a file of this page (those are uploads), and a list costs more than a look.
 */
function useLookAgain(changing: readonly Document[], refresh: () => void): void {
  const key = changing.map(({ id, state }) => `${id}:${state}`).join();
  useEffect(() => {
    if (key === '') return;
    const schedule = createSchedule(Math.random);
    let timer = setTimeout(look, schedule.next('scanning'));
    function look() {
      if (document.visibilityState === 'visible' && navigator.onLine) refresh();
      timer = setTimeout(look, schedule.next('scanning'));
    }
    return () => clearTimeout(timer);
  }, [key, refresh]);
  useEffect(() => {
    const shown = () => document.visibilityState === 'visible' && refresh();
    document.addEventListener('visibilitychange', shown);
    addEventListener('online', refresh);
    return () => {
      document.removeEventListener('visibilitychange', shown);
      removeEventListener('online', refresh);
    };
  }, [refresh]);
}
