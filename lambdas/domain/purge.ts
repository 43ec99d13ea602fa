import type { Profile } from '../../contract/profile.ts';

const dayMs = 86_400_000;

/** So many days of 24 hours later. */
export const daysAfter = (time: Date, days: number): string => new Date(time.getTime() + days * dayMs).toISOString();

/**
 * Until when a document that was deleted at this moment can be restored: for the profile's days, and never beyond its
 * retention, after which nothing of it is promised any more.
 */
export const purgeAfterOf = (deletedAt: Date, { retention }: Profile, retainUntil: string | undefined): string => {
  const purgeAfter = daysAfter(deletedAt, retention.deletedDays);
  return retainUntil !== undefined && retainUntil < purgeAfter ? retainUntil : purgeAfter;
};
