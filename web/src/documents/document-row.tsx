import { useEffect, useRef, useState } from 'preact/hooks';
import type { Document } from '../../../contract/schemas/document.ts';
import { momentInWords, nameForDisplay, sizeInWords } from '../format.ts';
import { labelOf } from '../media-types.ts';
import { canDelete, canRestore, type Failure, isDeleted, stateInWords } from '../words.ts';
import { DocumentHistory } from './document-history.tsx';
import { RowButton } from './row-button.tsx';
import type { DocumentActions } from './use-actions.ts';

interface Props {
  readonly document: Document;
  readonly subjectId: string;
  readonly actions: DocumentActions;
  /** Why the last thing that was asked for did not happen. */
  readonly failure: Failure | undefined;
}

export function DocumentRow({ document, subjectId, actions, failure }: Props) {
  const [isOpen, setOpen] = useState(false);
  const row = useRef<HTMLLIElement>(null);
  const { short, tone, detail } = stateInWords(document, Date.now());
  const name = nameForDisplay(document.fileName);
  const historyId = `history-${document.id}`;
  const wasPressed = useRef(false);
  // The button that was pressed goes with the change, and the focus with it: the first one that is there now gets it.
  useEffect(() => {
    const { activeElement, body } = globalThis.document;
    if (wasPressed.current && activeElement === body) row.current?.querySelector('button')?.focus();
    wasPressed.current = false;
  }, [document.state]);
  const change = (action: DocumentActions['remove']) => () => {
    wasPressed.current = true;
    return action(document);
  };
  return (
    <li class={isDeleted(document) ? 'row deleted' : 'row'} data-state={document.state} ref={row}>
      <span class="kind" aria-hidden="true">
        {labelOf(document.mediaType)}
      </span>
      <div class="row-text">
        <span class="row-name">{name}</span>
        <span class="row-meta">
          <span class={`state ${tone}`}>{short}</span> · {sizeInWords(document.sizeBytes)} ·{' '}
          <time dateTime={document.createdAt}>{momentInWords(document.createdAt)}</time>
        </span>
        {detail !== undefined && <span class={`row-detail ${tone}`}>{detail}</span>}
        {failure !== undefined && (
          <span class="row-detail bad" role="alert">
            {failure.sentence}
            {failure.reference !== undefined && ` Reference for support: ${failure.reference}`}
          </span>
        )}
      </div>
      <div class="row-actions">
        {document.state === 'available' && (
          <RowButton
            key="download"
            label="Download"
            busyLabel="Preparing…"
            name={name}
            onPress={() => actions.download(document)}
          />
        )}
        {canRestore(document, Date.now()) && (
          <RowButton
            key="restore"
            label="Restore"
            busyLabel="Restoring…"
            name={name}
            onPress={change(actions.restore)}
          />
        )}
        {canDelete(document) && (
          <RowButton
            key="delete"
            label="Delete"
            busyLabel="Deleting…"
            name={name}
            isPlain
            onPress={change(actions.remove)}
          />
        )}
        <button
          key="history"
          type="button"
          class="plain"
          aria-expanded={isOpen}
          aria-controls={historyId}
          aria-label={`History ${name}`}
          onClick={() => setOpen(!isOpen)}
        >
          History
        </button>
      </div>
      {isOpen && (
        <DocumentHistory id={historyId} document={document} subjectId={subjectId} loadHistory={actions.loadHistory} />
      )}
    </li>
  );
}
