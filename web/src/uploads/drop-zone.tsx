import { useEffect, useState } from 'preact/hooks';
import { acceptedFiles, labelsInWords } from '../media-types.ts';
import { transferInWords } from '../words.ts';

interface Props {
  /** What is accepted here. */
  readonly mediaTypes: readonly string[];
  /** Asked before the file dialog opens; says itself what is missing where it is no. */
  readonly mayChoose: () => boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

/**
 * A file input whose label is the drop zone: one control for mouse, keyboard and screen reader. Files may be dropped
 * anywhere on the page, for a browser would open a file that misses the zone and leave the page.
 */
export function DropZone({ mediaTypes, mayChoose, onFiles }: Props) {
  const [dragging, setDragging] = useState(false);

  useEffect(() => {
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setDragging(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setDragging(false);
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setDragging(false);
      onFiles([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, [onFiles]);

  return (
    <label class={dragging ? 'drop-zone dragging' : 'drop-zone'}>
      <input
        type="file"
        multiple
        accept={acceptedFiles(mediaTypes)}
        aria-describedby="drop-zone-hint"
        onClick={(event) => mayChoose() || event.preventDefault()}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // So that the same file may be chosen again.
          currentTarget.value = '';
        }}
      />
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 16V4.5M7.5 9 12 4.5 16.5 9M4 15.5v3A1.5 1.5 0 0 0 5.5 20h13a1.5 1.5 0 0 0 1.5-1.5v-3" />
      </svg>
      <span class="drop-zone-title">{dragging ? 'Drop to upload' : 'Choose files or drop them here'}</span>
      <span class="drop-zone-hint" id="drop-zone-hint">
        {labelsInWords(mediaTypes)}. {transferInWords(location.protocol)}
      </span>
    </label>
  );
}
