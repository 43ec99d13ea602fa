/** When what happened, in milliseconds since the files were handed over. */
export interface Times {
  /** When they were, in milliseconds since 1970. */
  readonly begunAtMs: number;
  /** S3 has accepted the last byte of the last file, and all parts are one object. */
  readonly acceptedMs: number;
  /** The outcome of the last file is known: it can be downloaded, or it was rejected. Only Sealdrop has one. */
  readonly settledMs?: number;
}

/** What a page of the bench can do. */
export type UploadChosen<Options> = (options: Options) => Promise<Times>;

export const chosenFiles = (): File[] => [...(document.querySelector('input')?.files ?? [])];
