import { changeByUser, type UserChangeDeps, type UserChangeInput, type Wish } from './change-by-user.ts';

const wish: Wish = {
  transition: 'restore',
  isFulfilled: ({ state }) => state === 'available',
  isPossible: ({ state, deletedFrom }) => state === 'deleted' && deletedFrom === 'available',
  facts: ({ versionId }) => (versionId === undefined ? {} : { versionId }),
};

/** Opens a deleted document again, if it was available when it was deleted and its bytes are still there. */
export const restoreDocument = (deps: UserChangeDeps) => (input: UserChangeInput) => changeByUser(deps, input, wish);
