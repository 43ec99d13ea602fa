import type { Metadata } from '../../contract/schemas/metadata.ts';
import type { Client } from '../create-client.ts';
import type { UploadOptions } from '../engine/upload-job.ts';
import { filesOf, type UppyCapabilities, type UppyFileLike, type UppyFileWithMeta, type UppyLike } from './core.ts';
import { createFileEvents, type UploadLocale } from './file-events.ts';
import { type FileUpload, startFileUpload } from './file-upload.ts';
import { Plugin, type PluginOptions } from './plugin.ts';

export interface SealdropUploaderOptions extends PluginOptions, Pick<UploadOptions, 'integrity'> {
  readonly client: Pick<Client, 'uploads'>;
  /** What a document is about; asked for when its upload begins. Default: nothing is said. */
  readonly metadata?: (file: UppyFileWithMeta) => Metadata;
  readonly locale?: UploadLocale;
}

/**
 * An uploader for Uppy's core and Dashboard, of versions 4, 5 and 6: Sealdrop's engine does the work, Uppy shows it. Every
 * file becomes a document: `file.response.body` holds its `documentId` and `state`, `file.uploadURL` its path at the API.
 * An upload is complete when the service has verified it; what it rejects is an `upload-error` with the reason.
 *
 * @example
 * uppy.use(SealdropUploader, { client, metadata: (file) => ({ title: file.name }) });
 */
export class SealdropUploader<Uppy extends UppyLike> extends Plugin<Uppy, SealdropUploaderOptions> {
  readonly type = 'uploader';
  readonly #uploads = new Map<string, FileUpload>();
  #stopping = new AbortController();

  constructor(uppy: Uppy, options: SealdropUploaderOptions) {
    super(uppy, options, 'SealdropUploader');
  }

  install(): void {
    this.#stopping = new AbortController();
    this.#setCapabilities({ individualCancellation: true, resumableUploads: true });
    this.uppy.addUploader(this.#upload);
    this.uppy.addPostProcessor(this.#verify);
    this.uppy.on('file-removed', this.#cancel);
    this.uppy.on('upload-pause', this.#pause);
    this.uppy.on('pause-all', this.#pauseAll);
    this.uppy.on('resume-all', this.#resumeAll);
  }

  /** Stops what is under way; files that go up in parts go on when they are added again. */
  uninstall(): void {
    this.#stopping.abort();
    this.#setCapabilities({ resumableUploads: false });
    this.uppy.removeUploader(this.#upload);
    this.uppy.removePostProcessor(this.#verify);
    this.uppy.off('file-removed', this.#cancel);
    this.uppy.off('upload-pause', this.#pause);
    this.uppy.off('pause-all', this.#pauseAll);
    this.uppy.off('resume-all', this.#resumeAll);
  }

  readonly #upload = async (fileIds: string[]): Promise<void> => {
    const files = filesOf(this.uppy, fileIds).filter(({ error, progress }) => !error && !progress.uploadComplete);
    // Of a file that was restored, the beginning was told before.
    const begun = files.filter(({ isRestored, progress }) => !isRestored || !progress.uploadStarted);
    this.uppy.emit('upload-start', begun);
    await Promise.all(files.map((file) => this.#start(file)?.sent));
  };

  readonly #verify = async (fileIds: string[]): Promise<void> => {
    await Promise.all(fileIds.map((fileId) => this.#uploads.get(fileId)?.ended));
  };

  #start(file: UppyFileLike): FileUpload | undefined {
    const { client, metadata, integrity, locale } = this.opts;
    const events = createFileEvents(this.uppy, file.id, locale?.strings?.verifying);
    try {
      const options = { metadata: metadata?.(file as UppyFileWithMeta), integrity, signal: this.#stopping.signal };
      const upload = startFileUpload(client.uploads, file, options, events);
      this.#uploads.set(file.id, upload);
      upload.ended.then(() => this.#uploads.get(file.id) === upload && this.#uploads.delete(file.id));
      return upload;
    } catch (error) {
      events.failed(error);
      return undefined;
    }
  }

  readonly #cancel = ({ id }: UppyFileLike): void => {
    const upload = this.#uploads.get(id);
    this.#uploads.delete(id);
    upload?.cancel().catch((error: unknown) => this.uppy.log(error, 'warning'));
  };

  readonly #pause = (file: UppyFileLike | undefined, isPaused: boolean): void => {
    const upload = this.#uploads.get(file?.id ?? '');
    if (isPaused) upload?.pause();
    else upload?.resume();
  };

  readonly #pauseAll = (): void => {
    for (const upload of this.#uploads.values()) upload.pause();
  };

  readonly #resumeAll = (): void => {
    for (const upload of this.#uploads.values()) upload.resume();
  };

  #setCapabilities(patch: Partial<UppyCapabilities>): void {
    this.uppy.setState({ capabilities: { ...this.uppy.getState().capabilities, ...patch } });
  }
}
