import { useEffect, useRef, useState } from 'preact/hooks';
import type { Client } from '../../../client/index.ts';
import {
  createUploadQueue,
  isOnItsWay,
  type UploadItem,
  type UploadQueue,
  type UploadQueueEvents,
} from './upload-queue.ts';

/** The upload queue of one session and what is in it. Warns before the page is left while files are on their way. */
export function useUploads(
  client: Client,
  events: Omit<UploadQueueEvents, 'onItems'>,
): { readonly items: readonly UploadItem[]; readonly queue: UploadQueue; readonly busy: boolean } {
  const [items, setItems] = useState<readonly UploadItem[]>([]);
  const latestEvents = useRef(events);
  latestEvents.current = events;
  const [queue] = useState(() =>
    createUploadQueue(client, {
      onItems: setItems,
      onSettled: (document) => latestEvents.current.onSettled(document),
      onFailed: (item, failure) => latestEvents.current.onFailed(item, failure),
      onCancelled: (item) => latestEvents.current.onCancelled(item),
      onUnauthenticated: () => latestEvents.current.onUnauthenticated(),
    }),
  );
  useEffect(() => () => queue.close(), [queue]);

  const busy = items.some(isOnItsWay);
  useEffect(() => {
    if (!busy) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [busy]);
  return { items, queue, busy };
}
