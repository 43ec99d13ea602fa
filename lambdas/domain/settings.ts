import { limits, metadataLimits } from '../../contract/limits.ts';
import { mediaTypes } from '../../contract/media-types.ts';
import type { QuotaUse } from '../../contract/problems.ts';
import type { Profile } from '../../contract/profile.ts';
import { actions } from '../../contract/roles.ts';
import type { Settings } from '../../contract/schemas/settings.ts';
import { reachOf } from './access.ts';
import type { Caller } from './document.ts';

const mayOf = (caller: Caller): Settings['caller']['may'] =>
  Object.fromEntries(
    actions.flatMap((action) => {
      const reach = reachOf(action, caller);
      return reach === 'nothing' ? [] : [[action, reach]];
    }),
  );

const retentionOf = ({ retention: { deletedDays, classes = {}, defaultClass } }: Profile): Settings['retention'] => ({
  restorableDays: deletedDays,
  classes: Object.entries(classes).map(([name, { days }]) => ({ name, days })),
  ...(defaultClass !== undefined && { defaultClass }),
});

/** What the caller must know of this environment, but for its version. */
export const settingsOf = (
  profile: Profile,
  caller: Caller,
  { isScanned, quotas }: { readonly isScanned: boolean; readonly quotas: readonly QuotaUse[] },
): Omit<Settings, 'version'> => ({
  profile: profile.name,
  mediaTypes: profile.mediaTypes.map((name) => ({
    name,
    label: mediaTypes[name].label,
    extensions: [...mediaTypes[name].extensions],
  })),
  sizeBytesMax: profile.sizeBytesMax,
  multipart: profile.multipart,
  uploadExpiresInSeconds: profile.uploadExpiresInSeconds,
  downloadExpiresInSeconds: profile.downloadExpiresInSeconds,
  categories: profile.categories,
  subjectTypes: profile.subjectTypes,
  requiredMetadata: profile.requiredMetadata,
  metadataLimits,
  listLimitMax: limits.listLimitMax,
  isScanned,
  retention: retentionOf(profile),
  caller: {
    roles: [...caller.roles],
    may: mayOf(caller),
    mustGiveReason: caller.roles.some((role) => profile.reasonRequiredFrom.includes(role)),
  },
  quotas: [...quotas],
});
