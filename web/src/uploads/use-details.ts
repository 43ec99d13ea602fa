import type { RefObject } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Metadata } from '../../../contract/schemas/metadata.ts';
import type { Settings } from '../../../contract/schemas/settings.ts';
import { askedFor, type DetailName, type Details, metadataFrom } from './details.ts';

export interface DetailsControl {
  readonly form: RefObject<HTMLFormElement | null>;
  readonly settings: Settings | undefined;
  readonly asked: readonly DetailName[];
  readonly details: Details;
  set(name: DetailName, value: string): void;
  /** Where it is not, the browser says at the first field what is missing, and moves the focus there. */
  isComplete(): boolean;
  metadataOf(file: File): Metadata;
}

export function useDetails(settings: Settings | undefined, ownId: string): DetailsControl {
  const form = useRef<HTMLFormElement>(null);
  const [details, setDetails] = useState<Details>({});
  return {
    form,
    settings,
    asked: askedFor(settings),
    details,
    set: (name, value) => setDetails((before) => ({ ...before, [name]: value })),
    isComplete: () => form.current?.reportValidity() ?? true,
    metadataOf: (file) => (settings === undefined ? {} : metadataFrom(settings, details, file, ownId)),
  };
}
