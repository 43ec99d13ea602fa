import type { Document } from '../../contract/schemas/document.ts';
import type { Metadata } from '../../contract/schemas/metadata.ts';
import type { FileDescription } from '../file.ts';
import type { OutcomeOptions } from '../outcome.ts';
import type { Report, UploadProgress } from '../progress.ts';
import type { FileSource } from '../source.ts';

export interface UploadOptions extends Partial<FileDescription>, Pick<OutcomeOptions, 'onSlow' | 'waitMilliseconds'> {
  /**
   * Stops the upload where it is. What went up in parts stays for who adds the file again; `cancel` of its handle gives it
   * up.
   */
  readonly signal?: AbortSignal | undefined;
  /** What the document is about; what of it must be there `GET /v1/settings` says. */
  readonly metadata?: Metadata | undefined;
  /**
   * What S3 holds a file to that goes up in parts, and compares each part with in any case: `sha256` (default), a hash of
   * the hashes of its parts; `crc64nvme`, a checksum of all of it that any S3 client can compare.
   */
  readonly integrity?: 'sha256' | 'crc64nvme' | undefined;
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
  /** The record, when it was declared and each time it was looked at after the transfer. */
  readonly onDocument?: ((document: Document) => void) | undefined;
}

/** One file on its way, as all steps of it see it. */
export interface UploadJob {
  /** Whatever the caller gave: the same object is the same file. */
  readonly file: object;
  readonly source: FileSource;
  readonly options: UploadOptions;
  readonly description: FileDescription;
  readonly report: Report;
  /** It has its turn. */
  readonly onActive: () => void;
}
