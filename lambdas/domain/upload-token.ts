import type { Caller } from './document.ts';

/** A token in the path of upload clients, as it is kept: its hash, and who may upload with it until when. */
export interface UploadTokenGrant extends Caller {
  readonly tokenHash: string;
  /** RFC 3339, UTC. */
  readonly expiresAt: string;
}
