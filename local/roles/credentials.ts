import { createHmac } from 'node:crypto';
import type { AccessRequest } from '../iam/types.ts';
import type { Role } from './plan.ts';

/** What the Lambda runtime gives a function of its role. */
export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly principal: AccessRequest['principal'];
}

/**
 * Credentials of a session of a role. They come from the data folder's secret, so a URL that was signed before a
 * restart is good after it, and no two data folders share any.
 */
export const roleCredentials = (
  secret: string,
  { name, account }: Pick<Role, 'name' | 'account'>,
  session: string,
): RoleCredentials => {
  const derive = (purpose: string) => createHmac('sha256', secret).update(`${purpose}\n${name}\n${session}`).digest();
  return {
    accessKeyId: `ASIA${derive('access key id').toString('hex').slice(0, 16).toUpperCase()}`,
    secretAccessKey: derive('secret access key').toString('base64').slice(0, 40),
    sessionToken: derive('session token').toString('base64url'),
    principal: { arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`, accountId: account },
  };
};
