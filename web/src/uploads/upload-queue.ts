import { type Client, ProblemError, refusalOf, type UploadHandle, type UploadProgress } from '../../../client/index.ts';
import type { Document } from '../../../contract/schemas/document.ts';
import type { Metadata } from '../../../contract/schemas/metadata.ts';
import { type Failure, failureInWords } from '../words.ts';

/** One file on its way. It leaves the queue when its outcome is known; then the list of documents shows it. */
export interface UploadItem {
  readonly id: number;
  readonly file: File;
  /** What was said about it when it was added. */
  readonly metadata?: Metadata | undefined;
  readonly status: 'waiting' | 'active' | 'paused' | 'failed';
  readonly progress?: UploadProgress;
  /** It is stored, and the outcome takes longer than usual. */
  readonly isSlow?: boolean;
  readonly failure?: Failure;
  /** The record of this file, once declared. */
  readonly documentId?: string;
}

export interface AddOptions {
  readonly metadataOf?: (file: File) => Metadata;
  /** Why a file is not taken. @default - what no environment takes */
  readonly refusalOf?: (file: File) => Error | undefined;
}

export interface UploadQueue {
  add(files: readonly File[], options?: AddOptions): void;
  pause(id: number): void;
  resume(id: number): void;
  /** Those that are on their way; what is added later goes on by itself. */
  pauseAll(): void;
  resumeAll(): void;
  cancel(id: number): void;
  retry(id: number): void;
  /** Stops everything and says nothing more. What went up in parts stays for who chooses the file again. */
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

/** Whether the page has work to do for it: once everything is sent it is checked elsewhere, whatever this page does. */
export const isOnItsWay = ({ status, progress }: UploadItem): boolean =>
  status !== 'failed' && progress?.phase !== 'verifying';

/** What people see of the uploads of a client, which takes care of how many go at a time. */
export function createUploadQueue(client: Pick<Client, 'uploads'>, events: UploadQueueEvents): UploadQueue {
  let items: readonly UploadItem[] = [];
  let lastId = 0;
  const closing = new AbortController();
  const handles = new Map<number, UploadHandle>();

  const publish = (next: readonly UploadItem[]) => {
    items = next;
    events.onItems(items);
  };
  const find = (id: number) => items.find((item) => item.id === id);
  const change = (id: number, part: Partial<UploadItem>) =>
    publish(items.map((item) => (item.id === id ? { ...item, ...part } : item)));
  const remove = (id: number) => publish(items.filter((item) => item.id !== id));

  const fail = (id: number, error: unknown) => {
    if (error instanceof ProblemError && error.kind === 'unauthenticated') return events.onUnauthenticated();
    const failure = failureInWords(error);
    change(id, { status: 'failed', failure });
    const item = find(id);
    if (item !== undefined) events.onFailed(item, failure);
  };
  const run = ({ id, file, metadata }: UploadItem) => {
    const handle = client.uploads.add(file, {
      metadata,
      signal: closing.signal,
      onProgress: (progress) => change(id, { progress, status: statusOf(handle) }),
      onSlow: () => change(id, { isSlow: true }),
      onDocument: (declared) => change(id, { documentId: declared.id }),
    });
    handles.set(id, handle);
    const settle = (document: Document) => {
      remove(id);
      events.onSettled(document);
    };
    const give = (error: unknown) => {
      if (handle.state !== 'cancelled') fail(id, error);
    };
    handle.done.finally(() => handles.delete(id)).then(settle, give);
  };
  const show = (id: number, act: (handle: UploadHandle) => void) => {
    const handle = handles.get(id);
    if (handle === undefined) return;
    act(handle);
    change(id, { status: statusOf(handle) });
  };
  const pause = (id: number) => show(id, (handle) => handle.pause());
  const resume = (id: number) => show(id, (handle) => handle.resume());
  const forAll = (act: (id: number) => void) => {
    for (const { id } of items.filter(isOnItsWay)) act(id);
  };

  return {
    add(files, { metadataOf, refusalOf: refuse = refusalOf } = {}) {
      const added = files.map(
        (file): UploadItem => ({ id: ++lastId, file, metadata: metadataOf?.(file), status: 'waiting' }),
      );
      publish([...items, ...added]);
      for (const item of added) {
        const refusal = refuse(item.file);
        if (refusal === undefined) run(item);
        else fail(item.id, refusal);
      }
    },
    pause,
    resume,
    pauseAll: () => forAll(pause),
    resumeAll: () => forAll(resume),
    cancel(id) {
      const item = find(id);
      if (item === undefined) return;
      remove(id);
      void handles.get(id)?.cancel();
      events.onCancelled(item);
    },
    retry(id) {
      const item = find(id);
      if (item === undefined) return;
      const { file, metadata } = item;
      const again: UploadItem = { id, file, metadata, status: 'waiting' };
      publish(items.map((other) => (other.id === id ? again : other)));
      run(again);
    },
    close() {
      publish([]);
      closing.abort(new DOMException('The page was left.', 'AbortError'));
    },
  };
}

/** Those that are over leave by their promise. */
const statusOf = ({ state }: UploadHandle): UploadItem['status'] =>
  state === 'waiting' || state === 'paused' ? state : 'active';
