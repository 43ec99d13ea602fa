import type { Caller } from '../domain/document.ts';
import { isLinkToken } from '../domain/link.ts';
import type { Clock, LinkTokens, UploadTokens } from '../ports.ts';

interface Deps {
  readonly clock: Clock;
  readonly uploadTokens: Pick<UploadTokens, 'find'>;
  readonly linkTokens: Pick<LinkTokens, 'hashOf'>;
}

/** Whose upload token this is; undefined where it is nobody's, or its time is over. */
export const authenticateUpload =
  ({ clock, uploadTokens, linkTokens }: Deps) =>
  async (token: string): Promise<Caller | undefined> => {
    if (!isLinkToken(token)) return undefined;
    const grant = await uploadTokens.find(linkTokens.hashOf(token));
    if (grant === undefined || grant.expiresAt <= clock.now().toISOString()) return undefined;
    const { tenantId, subjectId, roles } = grant;
    return { tenantId, subjectId, roles };
  };
