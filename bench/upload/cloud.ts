import { startLocalCloud } from '../../local/cloud.ts';
import { serveParent } from '../local-s3/child.ts';

/** The whole local cloud, in a process of its own. Its arguments: a folder for its data, and that of the page. */
const [, , dataDirectory = '', pageDirectory = ''] = process.argv;
const cloud = await startLocalCloud({
  port: 0,
  dataDirectory,
  profile: 'default',
  pageDirectory,
  control: { port: 0 },
});
await serveParent(`${cloud.origin} ${cloud.s3ControlOrigin}`, () => cloud.close());
