import { useEffect, useState } from 'preact/hooks';
import type { Document } from '../../../contract/schemas/document.ts';
import type { History } from '../../../contract/schemas/history.ts';
import { momentInWords } from '../format.ts';
import { type Failure, failureInWords } from '../words.ts';
import { entryInWords } from './history-words.ts';

interface Props {
  readonly id: string;
  readonly document: Document;
  /** The reader's own, who is called "you". */
  readonly subjectId: string;
  readonly loadHistory: (document: Document) => Promise<History>;
}

/** What happened to a document, oldest first. Loaded when it is opened, and again when the document changes. */
export function DocumentHistory({ id, document, subjectId, loadHistory }: Props) {
  const [history, setHistory] = useState<History>();
  const [failure, setFailure] = useState<Failure>();
  useEffect(() => {
    let isWanted = true;
    loadHistory(document).then(
      (loaded) => {
        if (!isWanted) return;
        setHistory(loaded);
        setFailure(undefined);
      },
      (error: unknown) => isWanted && setFailure(failureInWords(error)),
    );
    return () => {
      isWanted = false;
    };
  }, [document.id, document.revision]);

  return (
    <div class="history" id={id} aria-busy={history === undefined && failure === undefined}>
      {history === undefined && failure === undefined && <p>Loading what happened…</p>}
      {failure !== undefined && (
        <p class="bad" role="alert">
          {failure.sentence}
          {failure.reference !== undefined && ` Reference for support: ${failure.reference}`}
        </p>
      )}
      {history !== undefined && (
        <ol>
          {history.entries.map((entry) => {
            const { what, who, detail } = entryInWords(entry, subjectId);
            return (
              <li key={`${entry.revision} ${entry.kind} ${entry.at} ${entry.requestId}`}>
                <time dateTime={entry.at}>{momentInWords(entry.at)}</time>
                <span>
                  <b>{what}</b> by {who}. {detail}
                </span>
              </li>
            );
          })}
        </ol>
      )}
    </div>
  );
}
