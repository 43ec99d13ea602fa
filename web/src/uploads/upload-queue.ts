import { type Client, ProblemError, refusalOf, type UploadProgress } from '../../../client/index.ts';
import type { Document } from '../../../contract/schemas/document.ts';
import type { Metadata } from '../../../contract/schemas/metadata.ts';
import { type Failure, failureInWords } from '../words.ts';

/** One file on its way. It leaves the queue when its outcome is known; then the list of documents shows it. */
export interface UploadItem {
  readonly id: number;
  readonly file: File;
  /** What was said about it when it was added. */
  readonly metadata?: Metadata | undefined;
  readonly status: 'waiting' | 'active' | 'failed';
  readonly progress?: UploadProgress;
  /** It is stored, and the outcome takes longer than usual. */
  readonly isSlow?: boolean;
  readonly failure?: Failure;
  /** The record of this file, once declared. */
  readonly documentId?: string;
}

export interface UploadQueue {
  add(files: readonly File[], metadataOf?: (file: File) => Metadata): void;
  cancel(id: number): void;
  retry(id: number): void;
  /** Stops everything and says nothing more. */
  close(): void;
}

export interface UploadQueueEvents {
  readonly onItems: (items: readonly UploadItem[]) => void;
  /** The outcome of one file. */
  readonly onSettled: (document: Document) => void;
  readonly onFailed: (item: UploadItem, failure: Failure) => void;
  /** The person took it out: on its way, or failed before. */
  readonly onCancelled: (item: UploadItem) => void;
  /** The API no longer takes the token. */
  readonly onUnauthenticated: () => void;
}

/** Enough to keep a line busy while one file is hashed; more would only make each slower. */
const parallelMax = 3;

/** Whether the page has work to do for it: once everything is sent it is checked elsewhere, whatever this page does. */
export const isBeingSent = ({ status, progress }: UploadItem): boolean =>
  status === 'active' && progress?.phase !== 'verifying';

export function createUploadQueue(client: Client, events: UploadQueueEvents): UploadQueue {
  let items: readonly UploadItem[] = [];
  let lastId = 0;
  const controllers = new Map<number, AbortController>();

  const publish = (next: readonly UploadItem[]) => {
    items = next;
    events.onItems(items);
  };
  const change = (id: number, part: Partial<UploadItem>) =>
    publish(items.map((item) => (item.id === id ? { ...item, ...part } : item)));
  const remove = (id: number) => publish(items.filter((item) => item.id !== id));

  const startWaiting = () => {
    const free = parallelMax - items.filter(isBeingSent).length;
    for (const item of items.filter(({ status }) => status === 'waiting').slice(0, free)) void run(item);
  };

  const run = async ({ id, file, metadata }: UploadItem) => {
    const controller = new AbortController();
    controllers.set(id, controller);
    change(id, { status: 'active' });
    try {
      const document = await client.upload(file, {
        metadata,
        signal: controller.signal,
        onProgress: (progress) => {
          change(id, { progress });
          if (progress.phase === 'verifying') startWaiting();
        },
        onSlow: () => change(id, { isSlow: true }),
        onDocument: (declared) => change(id, { documentId: declared.id }),
      });
      remove(id);
      events.onSettled(document);
    } catch (error) {
      if (!controller.signal.aborted) fail(id, error);
    } finally {
      controllers.delete(id);
      startWaiting();
    }
  };

  const fail = (id: number, error: unknown) => {
    if (error instanceof ProblemError && error.kind === 'unauthenticated') return events.onUnauthenticated();
    const failure = failureInWords(error);
    change(id, { status: 'failed', failure });
    const item = items.find((candidate) => candidate.id === id);
    if (item !== undefined) events.onFailed(item, failure);
  };

  return {
    add(files, metadataOf) {
      const added = files.map(
        (file): UploadItem => ({ id: ++lastId, file, metadata: metadataOf?.(file), status: 'waiting' }),
      );
      publish([...items, ...added]);
      for (const { id, file } of added) {
        const refusal = refusalOf(file);
        if (refusal !== undefined) fail(id, refusal);
      }
      startWaiting();
    },
    cancel(id) {
      const item = items.find((candidate) => candidate.id === id);
      if (item === undefined) return;
      remove(id);
      controllers.get(id)?.abort();
      events.onCancelled(item);
    },
    retry(id) {
      publish(
        items.map((item) =>
          item.id === id ? { id, file: item.file, metadata: item.metadata, status: 'waiting' } : item,
        ),
      );
      startWaiting();
    },
    close() {
      publish([]);
      for (const controller of controllers.values()) controller.abort();
    },
  };
}
