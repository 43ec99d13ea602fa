import { limits } from '../../contract/limits.ts';
import type { UploadToken } from '../../contract/schemas/upload-token.ts';
import { mayDeclare } from '../domain/access.ts';
import type { Caller } from '../domain/document.ts';
import type { Failure } from '../domain/failure.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import type { Clock, LinkTokens, UploadTokens } from '../ports.ts';

interface Deps {
  readonly clock: Clock;
  readonly uploadTokens: Pick<UploadTokens, 'create'>;
  readonly linkTokens: LinkTokens;
}

/** Lets whoever holds the token upload in the caller's name, for an hour, and do nothing else. */
export const createUploadToken =
  (deps: Deps) =>
  async ({ caller, apiUrl }: { caller: Caller; apiUrl: string }): Promise<Result<UploadToken, Failure>> => {
    if (!mayDeclare(caller)) return fail({ kind: 'not-permitted' });
    const token = deps.linkTokens.next();
    const expiresAt = new Date(deps.clock.now().getTime() + limits.uploadTokenExpiresInSeconds * 1000).toISOString();
    await deps.uploadTokens.create({ tokenHash: deps.linkTokens.hashOf(token), ...caller, expiresAt });
    return ok({ token, companionUrl: `${apiUrl}/u/${token}`, expiresAt });
  };
