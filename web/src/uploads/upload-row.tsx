import { useRef } from 'preact/hooks';
import { nameForDisplay, sizeInWords } from '../format.ts';
import { useOnline } from '../page/use-online.ts';
import type { Failure } from '../words.ts';
import { progressInWords } from './progress-words.ts';
import { isOnItsWay, type UploadItem, type UploadQueue } from './upload-queue.ts';
import { useStill } from './use-still.ts';

interface Props {
  readonly item: UploadItem;
  readonly queue: UploadQueue;
  readonly onCancel: (id: number, row: HTMLLIElement | null) => void;
}

/** One file on its way, or why it is no longer. */
export function UploadRow({ item, queue, onCancel }: Props) {
  const row = useRef<HTMLLIElement>(null);
  const { id, file, failure } = item;
  const name = nameForDisplay(file.name);
  const cancel = () => onCancel(id, row.current);
  const retry = () => {
    row.current?.focus();
    queue.retry(id);
  };
  return (
    <li class={failure === undefined ? 'row' : 'row failed'} ref={row} tabIndex={-1}>
      <div class="row-text">
        <span class="row-name">{name}</span>
        {failure === undefined ? <Progress item={item} name={name} /> : <Reason failure={failure} />}
      </div>
      <div class="row-actions">
        {failure?.canRetry && (
          <button type="button" onClick={retry} aria-label={`Try again: ${name}`}>
            Try again
          </button>
        )}
        {failure !== undefined && (
          <button type="button" class="plain" onClick={cancel} aria-label={`Remove ${name}`}>
            Remove
          </button>
        )}
        {/* Once everything is sent there is nothing left to stop. */}
        {isOnItsWay(item) && <PauseButton item={item} name={name} queue={queue} />}
        {isOnItsWay(item) && (
          <button type="button" class="plain" onClick={cancel} aria-label={`Cancel ${name}`}>
            Cancel
          </button>
        )}
      </div>
    </li>
  );
}

function Reason({ failure: { sentence, reference } }: { readonly failure: Failure }) {
  return (
    <>
      <span class="row-detail bad">{sentence}</span>
      {reference !== undefined && <span class="row-meta">Reference for support: {reference}</span>}
    </>
  );
}

interface PartProps {
  readonly item: UploadItem;
  readonly name: string;
}

function Progress({ item: { file, status, progress, isSlow = false }, name }: PartProps) {
  const isOnline = useOnline();
  const isStill = useStill(progress);
  const isPaused = status === 'paused';
  const words =
    progress === undefined || (status === 'waiting' && isOnline)
      ? wordsBeforeItsTurn(isPaused)
      : progressInWords(progress, { isPaused, isSlow, isOnline, isStill });
  return (
    <>
      <progress max={1} value={progress?.fraction ?? 0} aria-label={`Upload of ${name}`} />
      <span class="row-meta">
        {words}
        {progress?.phase !== 'uploading' && ` · ${sizeInWords(file.size)}`}
      </span>
    </>
  );
}

const wordsBeforeItsTurn = (isPaused: boolean): string => (isPaused ? 'Paused' : 'Waiting for its turn');

/** One button whose words change, so that it keeps the keyboard focus. */
function PauseButton({ item: { id, status }, name, queue }: PartProps & { readonly queue: UploadQueue }) {
  const isPaused = status === 'paused';
  const word = isPaused ? 'Resume' : 'Pause';
  return (
    <button
      type="button"
      class="plain"
      onClick={() => (isPaused ? queue.resume : queue.pause)(id)}
      aria-label={`${word} ${name}`}
    >
      {word}
    </button>
  );
}
