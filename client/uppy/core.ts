/**
 * What is used of Uppy's core, in the words that its versions 4, 5 and 6 share. Nothing is imported of it: its versions live
 * side by side, and an import would choose one for the caller (see docs/adr/044-uppy-by-structure.md).
 */
export interface UppyFileLike {
  readonly id: string;
  readonly name?: string | undefined;
  readonly type: string;
  readonly size: number | null;
  /** Nothing of a file that was remembered over a reload and not chosen again; no bytes of one that a server fetches. */
  readonly data: Blob | { readonly size: number | null } | null | undefined;
  readonly meta: object;
  readonly isPaused?: boolean;
  readonly isRestored?: boolean;
  readonly error?: string | null;
  readonly response?: { readonly body?: object };
  readonly progress: {
    readonly uploadStarted?: number | null;
    readonly uploadComplete?: boolean;
    readonly bytesUploaded?: number | false;
    readonly bytesTotal?: number | null;
  };
}

/** A file as applications describe it: whatever type an application gives its metadata, it can be looked into. */
export type UppyFileWithMeta = UppyFileLike & { readonly meta: Readonly<Record<string, unknown>> };

export interface UppyCapabilities {
  readonly individualCancellation: boolean;
  readonly resumableUploads: boolean;
  readonly uploadProgress: boolean;
}

/** One step of an upload; the next one begins when its promise is fulfilled. */
export type UppyProcessor = (fileIds: string[]) => Promise<unknown>;

export interface UppyLike {
  /** Of its locale; a plugin needs the three to be taken for one. */
  readonly i18n: unknown;
  readonly i18nArray: unknown;
  readonly defaultLocale: unknown;
  getState(): { readonly capabilities: UppyCapabilities; readonly plugins: Readonly<Record<string, unknown>> };
  setState(patch?: Record<string, unknown>): void;
  /** Undefined where it was removed, whatever its type says. */
  getFile(fileId: string): UppyFileLike | undefined;
  getFiles(): readonly UppyFileLike[];
  setFileState(fileId: string, state: Record<string, unknown>): void;
  addPreProcessor(processor: UppyProcessor): void;
  removePreProcessor(processor: UppyProcessor): unknown;
  addUploader(processor: UppyProcessor): void;
  removeUploader(processor: UppyProcessor): unknown;
  addPostProcessor(processor: UppyProcessor): void;
  removePostProcessor(processor: UppyProcessor): unknown;
  on(event: string, callback: (...args: never[]) => void): unknown;
  off(event: string, callback: (...args: never[]) => void): unknown;
  emit(event: string, ...args: readonly unknown[]): void;
  log(message: unknown, type?: 'error' | 'warning'): void;
}

export const filesOf = (uppy: UppyLike, fileIds: readonly string[]): readonly UppyFileLike[] =>
  fileIds.flatMap((fileId) => uppy.getFile(fileId) ?? []);

/** The bytes of a file; throws where there are none. */
export function blobOf({ data }: UppyFileLike): Blob {
  if (data instanceof Blob) return data;
  throw new Error(
    'The file is not on this device, or was not chosen again. Remove it here, and choose it from this device.',
  );
}
