import { useState } from 'preact/hooks';

interface Props {
  readonly label: string;
  /** Shown while what was asked for is under way. */
  readonly busyLabel: string;
  /** What the button is about: a row of buttons sounds the same otherwise. */
  readonly name: string;
  readonly isPlain?: boolean;
  readonly onPress: () => Promise<void>;
}

/** Asks once at a time. Never disabled: that would take the keyboard focus away. */
export function RowButton({ label, busyLabel, name, isPlain = false, onPress }: Props) {
  const [isBusy, setBusy] = useState(false);
  const words = isBusy ? busyLabel : label;
  const press = () => {
    if (isBusy) return;
    setBusy(true);
    void onPress().finally(() => setBusy(false));
  };
  return (
    <button
      type="button"
      class={isPlain ? 'plain' : ''}
      onClick={press}
      aria-disabled={isBusy}
      aria-label={`${words} ${name}`}
    >
      {words}
    </button>
  );
}
