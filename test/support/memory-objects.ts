import type { ObjectState, ScanVerdict } from '../../contract/states.ts';
import type { ObjectFacts, ObjectRef, Objects } from '../../lambdas/ports.ts';

export interface StoredVersion extends ObjectFacts {
  readonly start: Uint8Array;
  state: ObjectState;
  verdict?: ScanVerdict;
  readonly isDeleteMarker?: boolean;
}

/** What S3 says of an object whose SHA-256, in hexadecimal, it was given. */
export const checksumOfSha256 = (sha256: string | undefined): ObjectFacts['checksum'] =>
  sha256 === undefined
    ? undefined
    : { algorithm: 'SHA256', type: 'FULL_OBJECT', value: Buffer.from(sha256, 'hex').toString('base64') };

/** Versions in memory, with what an adapter of S3 would say of them. */
export const memoryObjects = () => {
  const versions = new Map<string, StoredVersion>();
  const uploads = new Map<string, number>();
  const idOf = ({ key, versionId }: ObjectRef) => `${key}?${versionId}`;
  const objects: Objects = {
    head: async (ref) => {
      const version = versions.get(idOf(ref));
      return version?.isDeleteMarker ? undefined : version;
    },
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
    verdict: async (ref) => versions.get(idOf(ref))?.verdict,
    listVersions: async (key) =>
      [...versions.keys()]
        .filter((id) => id.startsWith(`${key}?`))
        .map((id) => ({ key, versionId: id.slice(key.length + 1) }))
        .toReversed(),
    deleteVersion: async (ref) => void versions.delete(idOf(ref)),
    abortUploads: async (key) => {
      const count = uploads.get(key) ?? 0;
      uploads.delete(key);
      return count;
    },
  };
  return {
    ...objects,
    put: (ref: ObjectRef, version: StoredVersion) => void versions.set(idOf(ref), version),
    remove: (ref: ObjectRef) => void versions.delete(idOf(ref)),
    stateOf: (ref: ObjectRef) => versions.get(idOf(ref))?.state,
    beginUpload: (key: string) => void uploads.set(key, (uploads.get(key) ?? 0) + 1),
  };
};
