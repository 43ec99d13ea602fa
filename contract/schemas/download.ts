import * as z from 'zod/mini';
import { limits } from '../limits.ts';
import { Timestamp } from './fields.ts';

/** How a browser takes the bytes (RFC 6266 section 4.2): as a file to keep, or shown where the type is safe to show. */
export const dispositions = ['attachment', 'inline'] as const;

export const Disposition = z.enum(dispositions, { error: `disposition is ${dispositions.join(' or ')}.` });

export type Disposition = z.infer<typeof Disposition>;

const { accessReasonLengthMin, accessReasonLengthMax } = limits;

/** Why somebody wants the bytes, in their own words. It is kept in the history of the document and nowhere else. */
export const AccessReason = z.string({ error: 'Give the reason as text.' }).check(
  z.maxLength(accessReasonLengthMax, {
    error: `Shorten the reason to at most ${accessReasonLengthMax} characters.`,
  }),
  z.regex(/^[^\p{Cc}\p{Cs}]*$/u, { error: 'Take line breaks and control characters out of the reason.' }),
  z.refine((reason) => reason.trim().length >= accessReasonLengthMin, {
    error: `Give the reason in at least ${accessReasonLengthMin} characters.`,
  }),
);

/** `redirect`: whether the answer is a 302 to the bytes, for plain links, in place of JSON with the link. */
export const DownloadQuery = z.strictObject({
  disposition: z.optional(Disposition),
  redirect: z.optional(
    z.pipe(
      z.enum(['true', 'false'], { error: 'redirect is true or false.' }),
      z.transform((text) => text === 'true'),
    ),
  ),
  reason: z.optional(AccessReason),
});

export type DownloadQuery = z.infer<typeof DownloadQuery>;

/** A signed GET of exactly the verified version, good until `expiresAt`. It is a secret: do not store or log it. */
export const DownloadLink = z.object({ url: z.string(), expiresAt: Timestamp });

export type DownloadLink = z.infer<typeof DownloadLink>;
