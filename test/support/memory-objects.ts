import type { ObjectState } from '../../contract/states.ts';
import type { ObjectFacts, ObjectRef, Objects } from '../../lambdas/ports.ts';

export interface StoredVersion extends ObjectFacts {
  readonly start: Uint8Array;
  state: ObjectState;
}

/** Versions in memory, with what an adapter of S3 would say of them. */
export const memoryObjects = () => {
  const versions = new Map<string, StoredVersion>();
  const idOf = ({ key, versionId }: ObjectRef) => `${key}?${versionId}`;
  const objects: Objects = {
    head: async (ref) => versions.get(idOf(ref)),
    readStart: async (ref, sizeBytesMax) =>
      versions.get(idOf(ref))?.start.subarray(0, sizeBytesMax) ?? new Uint8Array(),
    setState: async (ref, state) => {
      const version = versions.get(idOf(ref));
      if (version) version.state = state;
      return version !== undefined;
    },
  };
  return {
    ...objects,
    put: (ref: ObjectRef, version: StoredVersion) => void versions.set(idOf(ref), version),
    remove: (ref: ObjectRef) => void versions.delete(idOf(ref)),
    stateOf: (ref: ObjectRef) => versions.get(idOf(ref))?.state,
  };
};
