import * as z from 'zod/mini';
import { Timestamp } from './fields.ts';

/**
 * A token that stands in the path of upload clients which can send no headers: `companionUrl` ends with it. It lets its
 * caller upload, and nothing else; it is a secret until `expiresAt`.
 */
export const UploadToken = z.object({ token: z.string(), companionUrl: z.string(), expiresAt: Timestamp });

export type UploadToken = z.infer<typeof UploadToken>;
