import { nameForDisplay, sizeInWords } from '../format.ts';
import { progressInWords } from '../words.ts';
import type { UploadItem, UploadQueue } from './upload-queue.ts';

/** Files on their way and files that failed. */
export function UploadList({ items, queue }: { readonly items: readonly UploadItem[]; readonly queue: UploadQueue }) {
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="uploads-title">
      <h2 id="uploads-title">Uploads</h2>
      <ul class="rows">
        {items.map((item) => (
          <UploadRow key={item.id} item={item} queue={queue} />
        ))}
      </ul>
    </section>
  );
}

function UploadRow({ item, queue }: { readonly item: UploadItem; readonly queue: UploadQueue }) {
  const { id, file, status, progress, failure } = item;
  const name = nameForDisplay(file.name);
  if (failure !== undefined) {
    return (
      <li class="row failed">
        <div class="row-text">
          <span class="row-name">{name}</span>
          <span class="row-detail bad">{failure.sentence}</span>
          {failure.reference !== undefined && <span class="row-meta">Reference for support: {failure.reference}</span>}
        </div>
        <div class="row-actions">
          {failure.canRetry && (
            <button type="button" onClick={() => queue.retry(id)} aria-label={`Try again: ${name}`}>
              Try again
            </button>
          )}
          <button type="button" class="plain" onClick={() => queue.cancel(id)} aria-label={`Remove ${name}`}>
            Remove
          </button>
        </div>
      </li>
    );
  }
  const words = progress === undefined || status === 'waiting' ? 'Waiting for its turn' : progressInWords(progress);
  return (
    <li class="row">
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
          <button type="button" class="plain" onClick={() => queue.cancel(id)} aria-label={`Cancel ${name}`}>
            Cancel
          </button>
        )}
      </div>
    </li>
  );
}
