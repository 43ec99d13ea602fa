import { useState } from 'preact/hooks';
import { isSettled } from '../../../client/index.ts';
import type { Document } from '../../../contract/schemas/document.ts';
import { isDeleted } from '../words.ts';
import { DocumentRow } from './document-row.tsx';
import type { DocumentActions } from './use-actions.ts';
import type { DocumentsControl } from './use-documents.ts';

interface Props {
  readonly control: DocumentsControl;
  readonly actions: DocumentActions;
  readonly subjectId: string;
  /** Documents shown as uploads already, until they are settled. */
  readonly hiddenIds: ReadonlySet<string>;
}

export function DocumentList({ control, actions, subjectId, hiddenIds }: Props) {
  const [showsDeleted, setShowsDeleted] = useState(false);
  const { known, failure, loading } = control;
  const all = known?.documents.filter((document) => isSettled(document) || !hiddenIds.has(document.id)) ?? [];
  const isShown = (document: Document): boolean =>
    showsDeleted ||
    !isDeleted(document) ||
    actions.changedIds.has(document.id) ||
    actions.failure?.documentId === document.id;
  const documents = all.filter(isShown);
  return (
    <section aria-labelledby="documents-title" aria-busy={loading}>
      <div class="section-head">
        <h2 id="documents-title">Your documents</h2>
        {all.some(isDeleted) && (
          <label class="switch">
            <input
              type="checkbox"
              checked={showsDeleted}
              onChange={({ currentTarget }) => setShowsDeleted(currentTarget.checked)}
            />
            Show deleted
          </label>
        )}
      </div>
      {failure !== undefined && (
        <div class="notice bad" role="alert">
          <p>{failure.sentence}</p>
          {failure.reference !== undefined && <p class="row-meta">Reference for support: {failure.reference}</p>}
          <button type="button" onClick={control.refresh}>
            Try again
          </button>
        </div>
      )}
      {known === undefined && failure === undefined && <p class="quiet">Loading your documents…</p>}
      {known !== undefined && documents.length === 0 && (
        <p class="empty">
          {all.length === 0
            ? 'Nothing here yet. What you upload appears in this list.'
            : 'Nothing here but deleted documents.'}
        </p>
      )}
      {documents.length > 0 && (
        <ul class="rows">
          {documents.map((document) => (
            <DocumentRow
              key={document.id}
              document={document}
              subjectId={subjectId}
              actions={actions}
              failure={actions.failure?.documentId === document.id ? actions.failure.failure : undefined}
            />
          ))}
        </ul>
      )}
      {known?.nextCursor !== undefined && (
        <button type="button" class="more" disabled={loading} onClick={control.loadOlder}>
          Show more
        </button>
      )}
    </section>
  );
}
