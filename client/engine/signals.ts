/** Calls back when the signal is aborted, unless the returned function was called before. */
export function onceAborted(signal: AbortSignal, callback: () => void): () => void {
  signal.addEventListener('abort', callback, { once: true });
  return () => signal.removeEventListener('abort', callback);
}
