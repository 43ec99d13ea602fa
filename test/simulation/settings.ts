import type { Profile } from '../../contract/profile.ts';
import { mediaTypeSniffer } from '../../lambdas/adapters/media-type-sniffer.ts';
import type { MediaTypeSniffer } from '../../lambdas/ports.ts';
import { defaultProfile } from '../../profiles/default.ts';
import { contents } from './world/contents.ts';

export const bucketName = 'documents-bucket';
export const tenantId = 'north-clinic';
export const ownerId = 'owner-1';
export const retentionClass = 'one-day';
export const retentionDays = 1;
export const profile: Profile = {
  ...defaultProfile,
  quota: undefined,
  retention: { ...defaultProfile.retention, classes: { [retentionClass]: { days: retentionDays } } },
};
/** So little room that some people are refused. */
export const quota = {
  user: { documentsMax: 2, sizeBytesMax: profile.sizeBytesMax },
  tenant: { documentsMax: 2, sizeBytesMax: profile.sizeBytesMax },
};

/** Some schedules have quotas and the others none, as profiles do. */
export const hasQuotasOf = ({ seed }: { readonly seed: number }): boolean => seed % 4 === 0;

/** In some schedules documents have a retention class, that is: an end. */
export const hasRetentionOf = ({ seed }: { readonly seed: number }): boolean => seed % 5 === 0;

/** In some schedules files go up in parts. */
export const goesInPartsOf = ({ seed }: { readonly seed: number }): boolean => seed % 6 === 3;

export const startAt = Date.parse('2026-11-21T10:00:00.000Z');
export const sweepIntervalSeconds = 300;

const sniffed = new Map<Uint8Array, string | undefined>();
for (const { bytes } of Object.values(contents)) sniffed.set(bytes, await mediaTypeSniffer.sniff(bytes));

/** What the real sniffer says of each content, asked once: it takes longer than all the rest of a schedule. */
export const sniffer: MediaTypeSniffer = {
  sniff: async (start) => {
    if (!sniffed.has(start)) throw new Error('These bytes are none of the contents.');
    return sniffed.get(start);
  },
};
