import { isSettled } from '../../../client/index.ts';
import type { Document } from '../../../contract/schemas/document.ts';
import type { Failure } from '../words.ts';
import { DocumentRow } from './document-row.tsx';
import type { DocumentsControl } from './use-documents.ts';

/** Which document could not be downloaded, and why. */
export interface DownloadFailure {
  readonly documentId: string;
  readonly failure: Failure;
}

interface Props {
  readonly control: DocumentsControl;
  /** Documents shown as uploads already, until they are settled. */
  readonly hiddenIds: ReadonlySet<string>;
  readonly downloadFailure: DownloadFailure | undefined;
  readonly onDownload: (document: Document) => Promise<void>;
}

export function DocumentList({ control, hiddenIds, downloadFailure, onDownload }: Props) {
  const { known, failure, loading } = control;
  const documents = known?.documents.filter((document) => isSettled(document) || !hiddenIds.has(document.id)) ?? [];
  return (
    <section aria-labelledby="documents-title" aria-busy={loading}>
      <h2 id="documents-title">Your documents</h2>
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
        <p class="empty">Nothing here yet. What you upload appears in this list.</p>
      )}
      {documents.length > 0 && (
        <ul class="rows">
          {documents.map((document) => (
            <DocumentRow
              key={document.id}
              document={document}
              failure={downloadFailure?.documentId === document.id ? downloadFailure.failure : undefined}
              onDownload={onDownload}
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
