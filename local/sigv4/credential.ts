import type { AccessRequest } from '../iam/types.ts';

/** Who owns an access key. `sessionToken` is set for temporary credentials, and requests must then carry it. */
export interface Credential {
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly principal: AccessRequest['principal'];
}
