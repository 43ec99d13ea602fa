import type { ScanVerdict } from '../../contract/states.ts';
import { mediaTypeSniffer } from '../../lambdas/adapters/media-type-sniffer.ts';
import { uuidV7 } from '../../lambdas/adapters/system.ts';
import type { DocumentRecord } from '../../lambdas/domain/document.ts';
import { objectKey } from '../../lambdas/domain/object-key.ts';
import type { ObjectRef } from '../../lambdas/ports.ts';
import { defaultProfile } from '../../profiles/default.ts';
import { aRecord } from './arbitraries.ts';

import { addressOf } from './callers.ts';

import { memoryClaims } from './memory-claims.ts';

import { memoryDocuments } from './memory-documents.ts';
import { memoryEvents } from './memory-events.ts';
import { checksumOfSha256, memoryObjects, type StoredVersion } from './memory-objects.ts';
import { memoryQuotas } from './memory-quotas.ts';
import { memoryUploads } from './memory-uploads.ts';

const pdf = new TextEncoder().encode('%PDF-1.7\n%âãÏÓ\n');

export interface WorldOptions {
  readonly record?: Partial<DocumentRecord>;
  /** Absent: nothing was uploaded. */
  readonly stored?: Partial<StoredVersion> | undefined;
  readonly now?: string;
  readonly isScanned?: boolean;
}

/** One document with everything its use cases need, in memory. The version `v1` is there unless `stored` is undefined. */
export const documentsWorld = (options: WorldOptions = {}) => {
  const record = aRecord({ sizeBytes: pdf.length, ...options.record });
  const documents = memoryDocuments(record);
  const objects = memoryObjects();
  const events = memoryEvents();
  const object: ObjectRef = { key: objectKey(record), versionId: 'v1' };
  const intact: StoredVersion = {
    sizeBytes: record.sizeBytes,
    checksum: checksumOfSha256(record.sha256),
    contentEncoding: undefined,
    etag: '"etag"',
    start: pdf,
    state: 'incoming',
  };
  if (!('stored' in options) || options.stored !== undefined) objects.put(object, { ...intact, ...options.stored });
  let now = new Date(options.now ?? '2026-11-21T10:01:00.000Z');
  const scans: ObjectRef[] = [];
  const deps = {
    clock: { now: () => now },
    documents,
    quotas: memoryQuotas(),
    claims: memoryClaims(),
    ids: uuidV7,
    objects,
    uploads: memoryUploads(),
    events,
    addressOf,
    sniffer: mediaTypeSniffer,
    isScanned: options.isScanned ?? false,
    profile: defaultProfile,
    scanner: { request: async (ref: ObjectRef) => void scans.push(ref) },
  };
  return {
    record,
    object,
    intact,
    deps,
    scans,
    current: (): DocumentRecord => {
      const found = documents.records.get(`${record.tenantId}/${record.documentId}`);
      if (found === undefined) throw new Error('The record is gone.');
      return found;
    },
    tag: () => objects.stateOf(object),
    setVerdict: (verdict: ScanVerdict) =>
      objects.put(object, { ...intact, state: objects.stateOf(object) ?? 'incoming', verdict }),
    passTime: (time: string) => {
      now = new Date(time);
    },
  };
};

/** A document whose version `v1` was verified and opened. */
export const availableRecord: Partial<DocumentRecord> = {
  state: 'available',
  versionId: 'v1',
  etag: '"etag"',
  availableAt: '2026-11-21T10:01:00.000Z',
  lastChange: {
    revision: 2,
    at: '2026-11-21T10:01:00.000Z',
    by: 'record-upload',
    from: 'pending',
    to: 'available',
    cause: 'object-created',
    requestId: 'message-1',
  },
};
