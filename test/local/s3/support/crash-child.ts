import { startLocalS3 } from '../../../../local/s3/server.ts';
import { credentials, principal, region, versioned } from './server.ts';

/** Serves the folder of its first argument until it is killed, and tells its parent where. */
const s3 = await startLocalS3({
  dataDirectory: process.argv[2] ?? '',
  port: 0,
  region,
  buckets: [versioned],
  credentials: () => ({ ...credentials, principal }),
  authorize: () => ({ allowed: true }),
  deliver: async () => undefined,
});
process.send?.(s3.origin);
