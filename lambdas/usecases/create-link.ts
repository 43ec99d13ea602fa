import type { Profile } from '../../contract/profile.ts';
import { routes } from '../../contract/routes.ts';
import type { LinkRequest, OneTimeLink } from '../../contract/schemas/link.ts';
import type { Caller } from '../domain/document.ts';
import { wishErrors } from '../domain/download.ts';
import type { Failure } from '../domain/failure.ts';
import { lifetimeErrors, linkEnd } from '../domain/link.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import type { Clock, Documents, Links, LinkTokens } from '../ports.ts';
import { findPermitted } from './find-permitted.ts';

interface Deps {
  readonly clock: Clock;
  readonly documents: Pick<Documents, 'find'>;
  readonly links: Pick<Links, 'create'>;
  readonly linkTokens: LinkTokens;
  readonly profile: Profile;
}

interface Input {
  readonly caller: Caller;
  readonly params: { readonly documentId: string };
  readonly body: LinkRequest;
  /** Where this API answers, without a slash at its end. */
  readonly apiUrl: string;
}

/** Gives away a right of the caller's, once, to whoever will hold the link. Opening it is what the history tells of. */
export const createLink =
  (deps: Deps) =>
  async ({ caller, params, body, apiUrl }: Input): Promise<Result<OneTimeLink, Failure>> => {
    const found = await findPermitted(deps.documents, 'share', caller, params.documentId);
    if (!found.ok) return found;
    const record = found.value;
    const errors = [
      ...lifetimeErrors(body.expiresInSeconds, deps.profile),
      ...wishErrors(body, record, caller, deps.profile, (field) => `/${field}`),
    ];
    if (errors.length > 0) return fail({ kind: 'invalid-request', errors });
    if (record.state !== 'available') return fail({ kind: 'document-not-available', state: record.state });

    const at = deps.clock.now();
    const token = deps.linkTokens.next();
    const expiresAt = linkEnd(at, body.expiresInSeconds, deps.profile).toISOString();
    await deps.links.create({
      tokenHash: deps.linkTokens.hashOf(token),
      tenantId: record.tenantId,
      documentId: record.documentId,
      createdBy: caller.subjectId,
      createdByRoles: caller.roles,
      createdAt: at.toISOString(),
      expiresAt,
      disposition: body.disposition ?? 'attachment',
      ...(body.reason !== undefined && { reason: body.reason }),
    });
    return ok({ url: `${apiUrl}${routes.openLink.path.replace('{token}', token)}`, expiresAt });
  };
