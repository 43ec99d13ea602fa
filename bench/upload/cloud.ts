import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalCloud } from '../../local/cloud.ts';
import { serveParent } from '../local-s3/child.ts';

/** The whole local cloud, in a process of its own, with the page whose folder is its argument. */
const [, , pageDirectory = ''] = process.argv;
const folder = mkdtempSync(join(tmpdir(), 'sealdrop-bench-cloud-'));
const cloud = await startLocalCloud({
  port: 0,
  dataDirectory: join(folder, 'data'),
  profile: 'default',
  pageDirectory,
  control: { port: 0 },
});
await serveParent(`${cloud.origin} ${cloud.s3ControlOrigin}`, async () => {
  await cloud.close();
  rmSync(folder, { recursive: true });
});
