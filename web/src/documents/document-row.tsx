import { useState } from 'preact/hooks';
import type { Document } from '../../../contract/schemas/document.ts';
import { momentInWords, nameForDisplay, sizeInWords } from '../format.ts';
import { labelOf } from '../media-types.ts';
import { stateInWords } from '../words.ts';

interface Props {
  readonly document: Document;
  readonly onDownload: (document: Document) => Promise<void>;
}

export function DocumentRow({ document, onDownload }: Props) {
  const [asking, setAsking] = useState(false);
  const { short, tone, detail } = stateInWords(document, Date.now());
  const name = nameForDisplay(document.fileName);
  const download = () => {
    setAsking(true);
    void onDownload(document).finally(() => setAsking(false));
  };
  return (
    <li class="row" data-state={document.state}>
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
      </div>
      <div class="row-actions">
        {document.state === 'available' && (
          <button type="button" onClick={download} disabled={asking} aria-label={`Download ${name}`}>
            Download
          </button>
        )}
      </div>
    </li>
  );
}
