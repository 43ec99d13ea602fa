import type { UploadTokenGrant } from '../domain/upload-token.ts';

export interface UploadTokens {
  create(grant: UploadTokenGrant): Promise<void>;
  /** Strongly consistent; also what has ended, for days. */
  find(tokenHash: string): Promise<UploadTokenGrant | undefined>;
}
