import type { Claim } from '../../lambdas/domain/claim.ts';
import type { Claims } from '../../lambdas/ports.ts';

export interface MemoryClaims extends Claims {
  readonly held: Map<string, Claim>;
}

/** The claims of the table in memory; one suite holds both. */
export const memoryClaims = (): MemoryClaims => {
  const held = new Map<string, Claim>();
  return {
    held,
    claim: async ({ tenantId, subjectId, key }, claim, now) => {
      const id = JSON.stringify([tenantId, subjectId, key]);
      const earlier = held.get(id);
      if (earlier !== undefined && earlier.expiresAtSeconds > Math.floor(now.getTime() / 1000)) return earlier;
      held.set(id, claim);
      return claim;
    },
  };
};
