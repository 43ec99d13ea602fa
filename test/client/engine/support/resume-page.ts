import { indexedDbResumeStore } from '../../../../client/engine/indexed-db.ts';
import type { ResumeStore } from '../../../../client/engine/resume-store.ts';

/** What a browser may be like. */
export interface StoreOptions {
  readonly now?: number;
  /** Fails as private windows and full disks do. */
  readonly isRefused?: boolean;
  readonly hasNoLocks?: boolean;
}

const storeOf = ({ now = 0, isRefused = false, hasNoLocks = false }: StoreOptions): ResumeStore => {
  const refusing = {
    open: () => {
      throw new DOMException('The user denied permission to access the database.', 'InvalidStateError');
    },
  } as unknown as IDBFactory;
  return indexedDbResumeStore(isRefused ? refusing : indexedDB, hasNoLocks ? undefined : navigator.locks, () => now);
};

/** Runs in the page. */
globalThis.openStore = (options) => {
  globalThis.store = storeOf(options);
};

declare global {
  var openStore: (options: StoreOptions) => void;
  var store: ResumeStore;
}
