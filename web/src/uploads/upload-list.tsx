import { useRef } from 'preact/hooks';
import { isOnItsWay, type UploadItem, type UploadQueue } from './upload-queue.ts';
import { UploadRow } from './upload-row.tsx';

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
      <div class="section-head">
        <h2 id="uploads-title" ref={heading} tabIndex={-1}>
          Uploads
        </h2>
        <PauseAll items={items.filter(isOnItsWay)} queue={queue} />
      </div>
      <ul class="rows">
        {items.map((item) => (
          <UploadRow key={item.id} item={item} queue={queue} onCancel={cancel} />
        ))}
      </ul>
    </section>
  );
}

/** One button that stays where it is, and the keyboard focus on it. */
function PauseAll({ items, queue }: { readonly items: readonly UploadItem[]; readonly queue: UploadQueue }) {
  if (items.length < 2) return null;
  const isPaused = items.every(({ status }) => status === 'paused');
  return (
    <button type="button" class="plain" onClick={isPaused ? queue.resumeAll : queue.pauseAll}>
      {isPaused ? 'Resume all' : 'Pause all'}
    </button>
  );
}
