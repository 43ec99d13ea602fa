import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalS3 } from '../../local/s3/server.ts';
import { serveParent } from './child.ts';
import { bucket, credentials, region } from './signed.ts';

/** The local S3 in a process of its own, with one bucket and a folder that goes with it. */
const dataDirectory = mkdtempSync(join(tmpdir(), 'sealdrop-bench-s3-'));
const principal = { arn: 'arn:aws:iam::111122223333:user/bench', accountId: '111122223333' };
const s3 = await startLocalS3({
  dataDirectory,
  port: 0,
  region,
  buckets: [{ name: bucket, region, versioning: false, cors: [], notifications: [] }],
  credentials: (id) => (id === credentials.accessKeyId ? { ...credentials, principal } : undefined),
  authorize: () => ({ allowed: true }),
  deliver: async () => undefined,
});
await serveParent(s3.origin, async () => {
  await s3.close();
  rmSync(dataDirectory, { recursive: true });
});
