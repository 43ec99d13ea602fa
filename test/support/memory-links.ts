import { randomUUID } from 'node:crypto';
import type { Link } from '../../lambdas/domain/link.ts';
import type { Links } from '../../lambdas/ports.ts';

/** The links in memory; one suite holds them and the table's to the same. */
export const memoryLinks = (): Links & { readonly kept: Map<string, Link> } => {
  const kept = new Map<string, Link>();
  return {
    kept,
    create: async (link) => void kept.set(link.tokenHash, link),
    claim: async (tokenHash, at) => {
      const link = kept.get(tokenHash);
      if (link === undefined) return undefined;
      const isOpen = link.usedAt === undefined && link.expiresAt > at.toISOString();
      if (!isOpen) return { claimed: false, link };
      const used = { ...link, usedAt: at.toISOString(), usedBy: randomUUID() };
      kept.set(tokenHash, used);
      return { claimed: true, link: used };
    },
  };
};
