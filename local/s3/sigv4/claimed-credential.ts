import type { Credential } from '../../sigv4/credential.ts';
import { equalInConstantTime } from '../../sigv4/signature.ts';
import { Refusal } from '../refusal.ts';
import type { SignatureClaim } from './claim.ts';

/** The credential a claim is about. S3 knows a temporary key only together with its token. */
export function claimedCredential(
  { accessKeyId, sessionToken }: SignatureClaim,
  credentials: (accessKeyId: string) => Credential | undefined,
): Credential | Refusal {
  const credential = credentials(accessKeyId);
  const isTokenMissing = credential?.sessionToken !== undefined && sessionToken === undefined;
  if (credential === undefined || isTokenMissing) {
    return new Refusal('InvalidAccessKeyId', undefined, { AWSAccessKeyId: accessKeyId });
  }
  const isTheToken = equalInConstantTime(sessionToken ?? '', credential.sessionToken ?? '');
  return isTheToken ? credential : new Refusal('InvalidToken');
}
