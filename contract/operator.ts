import * as z from 'zod/mini';

/** In the data folder of the local cloud: what the commands of operators need to reach it. */
export const operatorFileName = 'operator.json';

/** Where SQS of the local cloud listens, and keys that are good there and nowhere else. */
export const OperatorAccess = z.strictObject({
  sqsOrigin: z.string().check(z.regex(/^http:\/\/127\.0\.0\.1:\d+$/)),
  account: z.string(),
  region: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
});

export type OperatorAccess = z.infer<typeof OperatorAccess>;
