import * as z from 'zod/mini';

/** The API answers. It says nothing of what stands behind it: see `GET /v1/storage/status`. */
export const Health = z.object({ status: z.literal('ok') });

export type Health = z.infer<typeof Health>;
