import { useRef } from 'preact/hooks';
import { nameForDisplay, sizeInWords } from '../format.ts';
import { useOnline } from '../page/use-online.ts';
import { progressInWords } from '../words.ts';
import type { UploadItem, UploadQueue } from './upload-queue.ts';

interface Props {
  readonly items: readonly UploadItem[];
  readonly queue: UploadQueue;
  /** The last row is about to go, and with it the keyboard focus. */
  readonly onEmptied: () => void;
}

/** Files on their way and files that failed. A row that is taken out gives the focus to the next one, or the heading. */
export function UploadList({ items, queue, onEmptied }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  if (items.length === 0) return null;
  const cancel = (id: number, row: HTMLLIElement | null) => {
    const next = row?.nextElementSibling;
    queue.cancel(id);
    if (items.length === 1) onEmptied();
    else if (next instanceof HTMLElement) next.focus();
    else heading.current?.focus();
  };
  return (
    <section aria-labelledby="uploads-title">
      <h2 id="uploads-title" ref={heading} tabIndex={-1}>
        Uploads
      </h2>
      <ul class="rows">
        {items.map((item) => (
          <UploadRow key={item.id} item={item} onRetry={queue.retry} onCancel={cancel} />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly item: UploadItem;
  readonly onRetry: (id: number) => void;
  readonly onCancel: (id: number, row: HTMLLIElement | null) => void;
}

function UploadRow({ item, onRetry, onCancel }: RowProps) {
  const row = useRef<HTMLLIElement>(null);
  const isOnline = useOnline();
  const { id, file, status, progress, failure, isSlow = false } = item;
  const name = nameForDisplay(file.name);
  if (failure !== undefined) {
    return (
      <li class="row failed" ref={row} tabIndex={-1}>
        <div class="row-text">
          <span class="row-name">{name}</span>
          <span class="row-detail bad">{failure.sentence}</span>
          {failure.reference !== undefined && <span class="row-meta">Reference for support: {failure.reference}</span>}
        </div>
        <div class="row-actions">
          {failure.canRetry && (
            <button type="button" onClick={() => onRetry(id)} aria-label={`Try again: ${name}`}>
              Try again
            </button>
          )}
          <button type="button" class="plain" onClick={() => onCancel(id, row.current)} aria-label={`Remove ${name}`}>
            Remove
          </button>
        </div>
      </li>
    );
  }
  const words =
    progress === undefined || status === 'waiting'
      ? 'Waiting for its turn'
      : progressInWords(progress, { isSlow, isOnline });
  return (
    <li class="row" ref={row} tabIndex={-1}>
      <div class="row-text">
        <span class="row-name">{name}</span>
        <progress max={1} value={progress?.fraction ?? 0} aria-label={`Upload of ${name}`} />
        <span class="row-meta">
          {words}
          {progress?.phase !== 'uploading' && ` · ${sizeInWords(file.size)}`}
        </span>
      </div>
      <div class="row-actions">
        {/* Once everything is sent there is nothing left to cancel. */}
        {progress?.phase !== 'verifying' && (
          <button type="button" class="plain" onClick={() => onCancel(id, row.current)} aria-label={`Cancel ${name}`}>
            Cancel
          </button>
        )}
      </div>
    </li>
  );
}
