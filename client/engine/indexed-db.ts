import { memoryResumeStore, type ResumeEntry, type ResumeStore, resumableMilliseconds } from './resume-store.ts';

const databaseName = 'sealdrop-uploads';
const storeName = 'uploads';

const done = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function open(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(databaseName, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(storeName);
  const database = await done(request);
  // Another page wants to remove or change it: nobody waits for this one.
  database.onversionchange = () => database.close();
  return database;
}

/**
 * Survives a reload and a crash. Browsers refuse it in private windows, where the disk is full, and where their owner says
 * so, at any moment; whatever fails is kept in memory instead (and read from there), for an upload matters more.
 *
 * `locks`: so that two pages do not go on with the same upload (Web Locks, W3C). Where there are none, within a page only.
 */
export function indexedDbResumeStore(
  factory: IDBFactory,
  locks: Pick<LockManager, 'request'> | undefined,
  now: () => number,
): ResumeStore {
  const memory = memoryResumeStore();
  let opened: Promise<IDBDatabase> | undefined;

  const use = async <Value>(mode: IDBTransactionMode, run: (store: IDBObjectStore) => IDBRequest<Value>) => {
    opened ??= open(factory);
    try {
      const database = await opened;
      return { value: await done(run(database.transaction(storeName, mode).objectStore(storeName))) };
    } catch {
      // Whatever it was, it may pass: the next one tries again. Until then memory has to do.
      opened = undefined;
      return undefined;
    }
  };
  const forgetOld = async () => {
    const keys = await use<IDBValidKey[]>('readonly', (store) => store.getAllKeys());
    const entries = await use<ResumeEntry[]>('readonly', (store) => store.getAll());
    for (const [index, key] of (keys?.value ?? []).entries()) {
      const begunAt = entries?.value[index]?.begunAt ?? Number.POSITIVE_INFINITY;
      if (now() - begunAt > resumableMilliseconds) await use('readwrite', (store) => store.delete(key));
    }
  };

  return {
    get: async (fingerprint) => {
      const found = await use<ResumeEntry | undefined>('readonly', (store) => store.get(fingerprint));
      return found?.value ?? memory.get(fingerprint);
    },
    put: async (fingerprint, entry) => {
      await forgetOld();
      const kept = await use('readwrite', (store) => store.put(entry, fingerprint));
      if (kept === undefined) await memory.put(fingerprint, entry);
    },
    remove: async (fingerprint) => {
      await memory.remove(fingerprint);
      await use('readwrite', (store) => store.delete(fingerprint));
    },
    claim: (fingerprint) => (locks === undefined ? memory.claim(fingerprint) : claimLock(locks, fingerprint)),
  };
}

/** The lock is held until the promise given to it resolves; a page that dies gives it back. */
const claimLock = (locks: Pick<LockManager, 'request'>, fingerprint: string): Promise<(() => void) | undefined> =>
  new Promise((resolve) => {
    const held = locks.request(`sealdrop-${fingerprint}`, { ifAvailable: true }, async (lock) => {
      if (lock === null) return resolve(undefined);
      await new Promise<void>((giveBack) => resolve(giveBack));
    });
    // Pages that may have no locks (an opaque origin) go on as if nobody else had the file.
    held.catch(() => resolve(() => undefined));
  });

/** Where there is no IndexedDB, or the page may not even look: in memory. */
export function defaultResumeStore(now: () => number): ResumeStore {
  try {
    const factory = globalThis.indexedDB;
    const locks = typeof navigator === 'undefined' ? undefined : (navigator.locks as LockManager | undefined);
    return factory === undefined || factory === null ? memoryResumeStore() : indexedDbResumeStore(factory, locks, now);
  } catch {
    return memoryResumeStore();
  }
}
