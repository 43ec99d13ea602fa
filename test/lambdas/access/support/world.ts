import { linkTokens } from '../../../../lambdas/adapters/link-tokens.ts';
import type { DocumentRecord } from '../../../../lambdas/domain/document.ts';
import { objectKey } from '../../../../lambdas/domain/object-key.ts';
import { objectStateOf } from '../../../../lambdas/domain/object-state.ts';
import { problemOf } from '../../../../lambdas/runtime/problem.ts';
import { defaultProfile } from '../../../../profiles/default.ts';
import { aRecord } from '../../../support/arbitraries.ts';
import { addressOf, clock, spySigner, storageSettings } from '../../../support/callers.ts';
import { memoryCursorKeys } from '../../../support/cursor-keys.ts';
import { memoryDocuments } from '../../../support/memory-documents.ts';
import { memoryEvents } from '../../../support/memory-events.ts';
import { memoryLinks } from '../../../support/memory-links.ts';
import { checksumOfSha256, memoryObjects } from '../../../support/memory-objects.ts';
import { memoryQuotas } from '../../../support/memory-quotas.ts';
import { memoryUploadTokens } from '../../../support/memory-upload-tokens.ts';
import { memoryUploads } from '../../../support/memory-uploads.ts';

/** Who calls, in every cell of the matrix. */
export const me = { tenantId: 'north-clinic', subjectId: 'me' } as const;

const idOf = (digit: number): string => `01890a5d-ac96-774b-bcce-b302099a805${digit}`;
const about = (type: string, id: string) => ({ metadata: { subject: { type, id } } });
const theirs = { ...me, tenantId: 'south-clinic' };

/**
 * The documents there are. `caseOfMe` is about a case that happens to have the caller's id; `foreign` and
 * `foreignAboutMe` are as near to the caller as a document of another tenant can be.
 */
const located = {
  own: { ...me, ownerId: 'me' },
  aboutMe: { ...me, ownerId: 'colleague', ...about('patient', 'me') },
  caseOfMe: { ...me, ownerId: 'colleague', ...about('case', 'me') },
  colleagues: { ...me, ownerId: 'colleague', ...about('patient', 'another') },
  foreign: { ...theirs, ownerId: 'me' },
  foreignAboutMe: { ...theirs, ownerId: 'me', ...about('patient', 'me') },
};

export type Place = keyof typeof located;

export const places = Object.keys(located) as readonly Place[];

export const documentIdOf = (place: Place | 'missing'): string => idOf(place === 'missing' ? 9 : places.indexOf(place));

/** The state all documents are in: the one in which the route has something to do. */
export type WorldState = 'available' | 'deleted' | 'pending';

/** An upload in one part, which is there. */
const upload = { uploadId: 'upload-1', partSizeBytes: 8_388_608, checksumAlgorithm: 'CRC64NVME' } as const;
const part = { partNumber: 1, sizeBytes: 3, etag: '"e"' };

const recordOf = (place: Place, state: WorldState): DocumentRecord => {
  const { subjectId: _caller, ...where } = located[place];
  return aRecord({
    ...where,
    documentId: documentIdOf(place),
    state,
    ...(state === 'pending'
      ? { upload, sizeBytes: part.sizeBytes }
      : { versionId: 'v1', availableAt: '2026-11-21T09:00:00.000Z' }),
    ...(state === 'deleted' && { deletedFrom: 'available', purgeAfter: '2026-12-21T09:00:00.000Z' }),
  });
};

const uploadsOf = (records: readonly DocumentRecord[]) => {
  const uploads = memoryUploads();
  const { uploadId, checksumAlgorithm } = upload;
  for (const record of records) {
    const key = objectKey(record);
    const parts = new Map([[part.partNumber, part]]);
    uploads.begun.set(`${key}?${uploadId}`, {
      key,
      mediaType: 'application/pdf',
      state: 'incoming',
      checksumAlgorithm,
      parts,
    });
  }
  return uploads;
};

/** Opens the caller's own document, once; whoever has it may. */
export const knownToken = 'a'.repeat(43);

/** A world with all of these documents and all that the use cases need of it, in memory. */
export const accessWorld = (state: WorldState) => {
  const records = places.map((place) => recordOf(place, state));
  const documents = memoryDocuments(...records);
  const objects = memoryObjects();
  const events = memoryEvents();
  const quotas = memoryQuotas();
  const links = memoryLinks();
  const uploadTokens = memoryUploadTokens();
  const uploads = uploadsOf(state === 'pending' ? records : []);
  const { asked, signer } = spySigner();
  for (const record of records) {
    const { sizeBytes, sha256 } = record;
    if (state === 'pending') continue;
    const checksum = checksumOfSha256(sha256);
    const facts = { sizeBytes, checksum, contentEncoding: undefined, etag: '"etag"', start: new Uint8Array() };
    objects.put({ key: objectKey(record), versionId: 'v1' }, { ...facts, state: objectStateOf[state] });
  }
  links.kept.set(linkTokens.hashOf(knownToken), {
    ...me,
    documentId: documentIdOf('own'),
    tokenHash: linkTokens.hashOf(knownToken),
    createdBy: 'me',
    createdByRoles: ['staff'],
    createdAt: '2026-11-21T09:00:00.000Z',
    expiresAt: '2026-11-22T09:00:00.000Z',
    disposition: 'attachment',
  });
  return {
    deps: {
      clock,
      documents,
      objects,
      events,
      quotas,
      signer,
      uploads,
      uploadTokens,
      allowedOrigins: [],
      digestOfParts: () => undefined,
      problemOf,
      links,
      linkTokens,
      addressOf,
      storageSettings,
      ids: { next: () => idOf(8) },
      cursorKeys: memoryCursorKeys(),
      profile: { ...defaultProfile, quota: {} },
      isScanned: false,
      digest: (text: string) => `${text.length}`,
      probe: { check: async () => undefined },
      bucket: 'amzn-s3-demo-bucket',
      region: 'eu-central-1',
    },
    /** All that a call could leave behind: records, history, counters, links, tags, events. */
    traces: (): string =>
      JSON.stringify([
        [...documents.records],
        [...documents.appended],
        [...quotas.counters],
        [...links.kept],
        uploadTokens.kept.size,
        asked,
        [...uploads.begun],
        uploads.completed,
        records.map((record) => objects.stateOf({ key: objectKey(record), versionId: 'v1' })),
        events.published,
      ]),
  };
};

export type Deps = ReturnType<typeof accessWorld>['deps'];
