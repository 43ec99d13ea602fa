import { limits } from '../../contract/limits.ts';
import type { AddressClass } from '../../contract/states.ts';
import type { Failure } from '../domain/failure.ts';
import { isLinkToken, isStillTheirs } from '../domain/link.ts';
import { fail, type Redirect, type Result, redirect } from '../domain/result.ts';
import type { Clock, Documents, Links, LinkTokens, ObjectSigner } from '../ports.ts';
import { recordedDownload } from './recorded-download.ts';

interface Deps {
  readonly clock: Clock;
  readonly documents: Pick<Documents, 'find' | 'recordDownload'>;
  readonly links: Pick<Links, 'claim'>;
  readonly linkTokens: Pick<LinkTokens, 'hashOf'>;
  readonly signer: Pick<ObjectSigner, 'signGet'>;
}

interface Input {
  readonly requestId: string;
  readonly addressClass: AddressClass;
  readonly params: { readonly token: string };
}

/**
 * Uses a link up, then leads to the bytes. In that order: whoever dies in between leaves a link that opened nothing,
 * never one that opens twice. Strangers call this: a link that was used, is too old, or whose document is gone or out of
 * its maker's reach is one and the same answer.
 */
export const openLink =
  (deps: Deps) =>
  async ({ requestId, addressClass, params: { token } }: Input): Promise<Result<never, Failure> | Redirect> => {
    if (!isLinkToken(token)) return fail({ kind: 'link-not-found' });
    const at = deps.clock.now();
    const opened = await deps.links.claim(deps.linkTokens.hashOf(token), at);
    if (opened === undefined) return fail({ kind: 'link-not-found' });
    if (!opened.claimed) return fail({ kind: 'link-used-up' });

    const { link } = opened;
    const record = await deps.documents.find(link);
    if (record?.state !== 'available' || !isStillTheirs(link, record)) return fail({ kind: 'link-used-up' });
    const { createdBy: by, createdAt: linkCreatedAt, disposition, reason } = link;
    const { url } = await recordedDownload(deps, record, {
      at,
      expiresInSeconds: limits.openedLinkExpiresInSeconds,
      disposition,
      to: { by, requestId, addressClass, linkCreatedAt, ...(reason !== undefined && { reason }) },
    });
    return redirect(url);
  };
