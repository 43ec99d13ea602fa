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
    readStart: async (ref, sizeBytesMax) => {
      const start = versions.get(idOf(ref))?.start;
      // As S3 does: 404 for what is not there, 416 for a range of nothing.
      if (start === undefined || start.length === 0) throw new Error('There is nothing to read.');
      return start.subarray(0, sizeBytesMax);
    },
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
