/** `paused`, `cancelled` where the person said so; `failed` says why when its promise rejects. */
export type UploadState = 'waiting' | 'active' | 'paused' | 'done' | 'failed' | 'cancelled';

/** What people may do to an upload that goes on by itself. */
export interface Control {
  readonly state: UploadState;
  /** Aborted when the upload is cancelled or its caller's signal is. */
  readonly signal: AbortSignal;
  pause(): void;
  resume(): void;
  cancel(reason: unknown): void;
  onActive(): void;
  onEnd(state: 'done' | 'failed'): void;
  /** Runs `attempt` until it ends otherwise than by a pause; each time it is resumed it runs again. */
  untilEnd<Value>(attempt: (signal: AbortSignal) => Promise<Value>): Promise<Value>;
}

export function createControl(callers: AbortSignal | undefined): Control {
  const cancelled = new AbortController();
  const signal = callers === undefined ? cancelled.signal : AbortSignal.any([callers, cancelled.signal]);
  let pause = new AbortController();
  let state: UploadState = 'waiting';
  let resumed = Promise.resolve();
  let open: (() => void) | undefined;

  const isOver = () => state === 'done' || state === 'failed' || state === 'cancelled';
  const become = (next: UploadState) => {
    if (!isOver()) state = next;
  };
  signal.addEventListener('abort', () => {
    become('cancelled');
    open?.();
  });
  if (signal.aborted) become('cancelled');

  return {
    get state() {
      return state;
    },
    signal,
    pause: () => {
      if (isOver() || state === 'paused') return;
      become('paused');
      resumed = new Promise((resolve) => {
        open = resolve;
      });
      pause.abort(new DOMException('The upload is paused.', 'AbortError'));
    },
    resume: () => {
      if (state !== 'paused') return;
      become('waiting');
      pause = new AbortController();
      open?.();
    },
    cancel: (reason) => cancelled.abort(reason),
    onActive: () => {
      if (state === 'waiting') become('active');
    },
    onEnd: (end) => become(signal.aborted ? 'cancelled' : end),
    untilEnd: async (attempt) => {
      for (;;) {
        await resumed;
        signal.throwIfAborted();
        const { signal: paused } = pause;
        try {
          return await attempt(AbortSignal.any([signal, paused]));
        } catch (error) {
          if (error !== paused.reason || signal.aborted) throw error;
        }
      }
    },
  };
}
