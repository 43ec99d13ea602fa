import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { startLocalS3 } from '../../../../local/s3/server.ts';
import { credentials, principal, region, versioned } from './server.ts';

const [, , dataDirectory = ''] = process.argv;
let offered = 0;

/** Serves the folder of its first argument until it is killed, and tells its parent where. */
const s3 = await startLocalS3({
  dataDirectory,
  port: 0,
  region,
  buckets: [
    { ...versioned, notifications: [{ event: 's3:ObjectCreated:*', queue: `arn:aws:sqs:${region}:111122223333:q` }] },
  ],
  credentials: () => ({ ...credentials, principal }),
  authorize: () => ({ allowed: true }),
  // A queue that takes every other message, so that the outbox holds some and has lost some when the end comes.
  deliver: async ({ body }) => {
    offered += 1;
    if (offered % 2 === 0) throw new Error('The queue is busy.');
    appendFileSync(join(dataDirectory, 'delivered.jsonl'), `\n${body}\n`);
  },
});
process.send?.(s3.origin);
