import type { Profile } from '../../contract/profile.ts';
import { purgeAfterOf } from '../domain/purge.ts';
import { changeByUser, type UserChangeDeps, type UserChangeInput, type Wish } from './change-by-user.ts';

const deletable = ['available', 'rejected'] as const;
const deleted = ['deleted', 'purging', 'purged'] as const;

const isOneOf = <State extends string>(states: readonly State[], state: string): state is State =>
  states.includes(state as State);

/** Locks a document at once and keeps its bytes for the profile's days, or until its retention is over: so long it can be restored. */
export const deleteDocument = (deps: UserChangeDeps & { readonly profile: Profile }) => {
  const wish: Wish = {
    transition: 'delete',
    isFulfilled: ({ state }) => isOneOf(deleted, state),
    isPossible: ({ state }) => isOneOf(deletable, state),
    facts: ({ state, versionId, retainUntil }, at) => ({
      ...(versionId !== undefined && { versionId }),
      ...(isOneOf(deletable, state) && { deletedFrom: state }),
      purgeAfter: purgeAfterOf(at, deps.profile, retainUntil),
    }),
  };
  return (input: UserChangeInput) => changeByUser(deps, input, wish);
};
