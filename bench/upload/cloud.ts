import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalCloud } from '../../local/cloud.ts';
import { synthesize } from '../../local/synthesize.ts';
import { defaultProfile } from '../../profiles/default.ts';
import { choosePort } from '../../test/support/free-port.ts';
import { serveParent } from '../local-s3/child.ts';
import { gibibyte } from './sizes.ts';

/** The whole local cloud, in a process of its own, with the page whose folder is its argument. */
const [, , pageDirectory = ''] = process.argv;

/** The default profile takes documents, not files as large as these. As functions are told: JSON in JSON. */
const takeLargeFiles = (assemblyDirectory: string): void => {
  const limit = `\\"sizeBytesMax\\":${defaultProfile.sizeBytesMax},`;
  let raised = 0;
  for (const entry of readdirSync(assemblyDirectory, { recursive: true, encoding: 'utf8' })) {
    if (!entry.endsWith('.template.json')) continue;
    const text = readFileSync(join(assemblyDirectory, entry), 'utf8');
    raised += text.split(limit).length - 1;
    writeFileSync(join(assemblyDirectory, entry), text.replaceAll(limit, `\\"sizeBytesMax\\":${5 * gibibyte},`));
  }
  if (raised === 0) throw new Error('The template does not hold the profile as this bench knows it.');
};

const folder = mkdtempSync(join(tmpdir(), 'sealdrop-bench-cloud-'));
const assemblyDirectory = join(folder, 'cdk.out');
const port = await choosePort();
await synthesize({ origin: `http://127.0.0.1:${port}`, profile: 'default' }, assemblyDirectory);
takeLargeFiles(assemblyDirectory);
const dataDirectory = join(folder, 'data');
const cloud = await startLocalCloud({ port, dataDirectory, pageDirectory, assemblyDirectory });
await serveParent(cloud.origin, async () => {
  await cloud.close();
  rmSync(folder, { recursive: true });
});
