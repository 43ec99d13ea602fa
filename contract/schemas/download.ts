import * as z from 'zod/mini';
import { Timestamp } from './fields.ts';

/** A signed GET of exactly the verified version, good until `expiresAt`. It is a secret: do not store or log it. */
export const DownloadLink = z.object({ url: z.string(), expiresAt: Timestamp });

export type DownloadLink = z.infer<typeof DownloadLink>;
