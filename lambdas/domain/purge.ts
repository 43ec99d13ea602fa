import type { Profile } from '../../contract/profile.ts';

const dayMs = 86_400_000;

/** Until when a document that was deleted at this moment can be restored. */
export const purgeAfterOf = (deletedAt: Date, { retention }: Profile): string =>
  new Date(deletedAt.getTime() + retention.deletedDays * dayMs).toISOString();
