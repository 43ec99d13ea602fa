import { limits } from '../../contract/limits.ts';
import type { Profile } from '../../contract/profile.ts';
import type { Role } from '../../contract/roles.ts';
import type { Disposition } from '../../contract/schemas/download.ts';
import { permits } from './access.ts';
import type { DocumentRecord, DocumentRef } from './document.ts';
import type { FieldError } from './failure.ts';

/**
 * A link that works once, as it is kept: never the token that opens it, only the token's hash. Times are RFC 3339 in
 * UTC. `usedBy` names the claim that used it up, by a random name of the claim's own.
 */
export interface Link extends DocumentRef {
  readonly tokenHash: string;
  readonly createdBy: string;
  readonly createdByRoles: readonly Role[];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly disposition: Disposition;
  readonly reason?: string;
  readonly usedAt?: string;
  readonly usedBy?: string;
}

/**
 * Whether whoever made the link might still share the document as it is now. Their roles are those of then, for nobody's
 * token is there; whom the document is about may have been corrected since.
 */
export const isStillTheirs = ({ tenantId, createdBy, createdByRoles }: Link, record: DocumentRecord): boolean =>
  permits('share', { tenantId, subjectId: createdBy, roles: createdByRoles }, record);

/** 256 random bits in base64url. What is none is not worth a look at the table. */
export const isLinkToken = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);

const longest = ({ linkExpiresInSecondsMax = limits.linkExpiresInSecondsMax }: Profile): number =>
  linkExpiresInSecondsMax;

export const lifetimeErrors = (expiresInSeconds: number | undefined, profile: Profile): readonly FieldError[] =>
  (expiresInSeconds ?? 0) <= longest(profile)
    ? []
    : [{ pointer: '/expiresInSeconds', detail: `Here a link waits for at most ${longest(profile)} seconds.` }];

/** When a link ends that is made now; where nobody says for how long, the profile may still be stricter. */
export const linkEnd = (at: Date, expiresInSeconds: number | undefined, profile: Profile): Date => {
  const seconds = expiresInSeconds ?? Math.min(limits.linkExpiresInSecondsDefault, longest(profile));
  return new Date(at.getTime() + seconds * 1000);
};
