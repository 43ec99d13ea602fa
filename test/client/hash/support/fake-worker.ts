import type { FromWorker, ToWorker } from '../../../../client/hash/worker-messages.ts';

/** A worker that does what the test says. */
export class FakeWorker extends EventTarget implements Worker {
  readonly asked: ToWorker[] = [];
  isTerminated = false;
  onmessage: Worker['onmessage'] = null;
  onmessageerror: Worker['onmessageerror'] = null;
  onerror: Worker['onerror'] = null;
  postMessage(message: ToWorker): void {
    this.asked.push(message);
  }
  terminate(): void {
    this.isTerminated = true;
  }
  say(message: FromWorker): void {
    this.onmessage?.(new MessageEvent('message', { data: message }));
  }
  fail(): void {
    this.onerror?.(new Event('error') as ErrorEvent);
  }
}

export const lastId = (worker: FakeWorker | undefined): number => worker?.asked.at(-1)?.id ?? -1;
