import { hash, randomBytes } from 'node:crypto';
import type { LinkTokens } from '../ports.ts';

/** A token has no structure to guess, so a plain hash of it is as hard to turn round as the token is to find. */
export const linkTokens: LinkTokens = {
  next: () => randomBytes(32).toString('base64url'),
  hashOf: (token) => hash('sha256', token),
};
