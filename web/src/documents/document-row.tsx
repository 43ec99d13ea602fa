import { useState } from 'preact/hooks';
import type { Document } from '../../../contract/schemas/document.ts';
import { momentInWords, nameForDisplay, sizeInWords } from '../format.ts';
import { labelOf } from '../media-types.ts';
import { type Failure, stateInWords } from '../words.ts';

interface Props {
  readonly document: Document;
  /** Why its download did not begin. */
  readonly failure: Failure | undefined;
  readonly onDownload: (document: Document) => Promise<void>;
}

export function DocumentRow({ document, failure, onDownload }: Props) {
  const [asking, setAsking] = useState(false);
  const { short, tone, detail } = stateInWords(document, Date.now());
  const name = nameForDisplay(document.fileName);
  const download = () => {
    if (asking) return;
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
        {failure !== undefined && (
          <span class="row-detail bad" role="alert">
            {failure.sentence}
            {failure.reference !== undefined && ` Reference for support: ${failure.reference}`}
          </span>
        )}
      </div>
      <div class="row-actions">
        {document.state === 'available' && (
          // Not disabled: that would take the keyboard focus away.
          <button
            type="button"
            onClick={download}
            aria-disabled={asking}
            aria-label={`${asking ? 'Preparing…' : 'Download'} ${name}`}
          >
            {asking ? 'Preparing…' : 'Download'}
          </button>
        )}
      </div>
    </li>
  );
}
