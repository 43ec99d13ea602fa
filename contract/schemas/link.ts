import * as z from 'zod/mini';
import { limits } from '../limits.ts';
import { AccessReason, Disposition } from './download.ts';
import { Timestamp, unlessObject } from './fields.ts';

const { linkExpiresInSecondsMin: min, linkExpiresInSecondsMax: max } = limits;
const expiryError = `expiresInSeconds is a whole number from ${min} to ${max}.`;

/** What a link that works once is to be: until when it may be opened, how the bytes come, and why it is given away. */
export const LinkRequest = z.strictObject(
  {
    expiresInSeconds: z.optional(
      z
        .int({ error: expiryError })
        .check(z.minimum(min, { error: expiryError }), z.maximum(max, { error: expiryError })),
    ),
    disposition: z.optional(Disposition),
    reason: z.optional(AccessReason),
  },
  unlessObject('Send a JSON object.'),
);

export type LinkRequest = z.infer<typeof LinkRequest>;

/** A link that works once, for whoever holds it, until `expiresAt`. It is a secret: only its hash is kept here. */
export const OneTimeLink = z.object({ url: z.string(), expiresAt: Timestamp });

export type OneTimeLink = z.infer<typeof OneTimeLink>;
