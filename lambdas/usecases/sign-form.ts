import { limits } from '../../contract/limits.ts';
import type { Profile } from '../../contract/profile.ts';
import type { DocumentRecord } from '../domain/document.ts';
import { objectKey } from '../domain/object-key.ts';
import { objectStateOf } from '../domain/object-state.ts';
import type { Clock, ObjectSigner, SignedForm } from '../ports.ts';
import { secondsUntil } from './seconds-until.ts';

export interface SignFormDeps {
  readonly clock: Clock;
  readonly signer: Pick<ObjectSigner, 'signForm'>;
  readonly profile: Profile;
}

/** A form takes no more than a PUT does, whatever the profile says (S3 user guide, "Uploading objects"). */
export const formSizeBytesMax = ({ sizeBytesMax }: Profile): number =>
  Math.min(sizeBytesMax, limits.singlePutSizeBytesMax);

/** The form of a pending document, good as long as its bytes may come; undefined where they may come no more. */
export const signForm = async (
  { clock, signer, profile }: SignFormDeps,
  record: DocumentRecord,
  after: { readonly successRedirect?: string | undefined; readonly successStatus?: '201' } = {},
): Promise<SignedForm | undefined> => {
  const signedAt = clock.now();
  const expiresInSeconds = Math.min(profile.uploadExpiresInSeconds, secondsUntil(record.uploadExpiresAt, signedAt));
  if (record.state !== 'pending' || !record.byForm || expiresInSeconds < 1) return undefined;
  const { mediaType, sizeBytes, isSizeOpen, sha256, retentionClass } = record;
  const sizes = { sizeBytesMin: isSizeOpen ? 1 : sizeBytes, sizeBytesMax: sizeBytes };
  const state = objectStateOf[record.state];
  const described = { key: objectKey(record), mediaType, ...sizes, sha256, state, retentionClass };
  return signer.signForm({ ...described, ...after, signedAt, expiresInSeconds });
};
