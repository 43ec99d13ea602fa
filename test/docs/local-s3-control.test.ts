import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { Command } from '../../local/s3/control/commands.ts';
import { bucketName as Bucket, startTestS3 } from '../local/s3/support/server.ts';

const run = promisify(execFile);
const page = readFileSync(join(import.meta.dirname, '../../docs/local-s3.md'), 'utf8');
const [, section = ''] = /\n## Control surface\n(.*?)\n## /s.exec(page) ?? [];
const hasCurl = await run('curl', ['--version']).then(
  () => true,
  () => false,
);

it.skipIf(!hasCurl)('the example with curl does what the page says', async () => {
  const [, example = ''] = /```sh\n(.*?)```/s.exec(section) ?? [];
  await using s3 = await startTestS3({ control: { port: 0 } });
  const { stdout } = await run('sh', ['-c', example.replace('http://127.0.0.1:8099', s3.controlOrigin ?? '')]);
  expect(JSON.parse(stdout)).toMatchObject({ id: 1, left: 2 });
  const put = () => s3.client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'content' }));
  for (const _ of [1, 2]) await expect(put()).rejects.toMatchObject({ name: 'SlowDown' });
  await put();
});

it('has a row for every kind of fault', () => {
  const kinds = [...section.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, kind]) => kind);
  const given: Record<string, object> = {
    fail: { code: 'SlowDown' },
    cut: { body: 'request', afterBytes: 1 },
    slow: { latencyMs: 1 },
    'delay-events': { delayMs: 1 },
  };
  const known = kinds.filter((kind = '') => Command.safeParse({ kind, ...given[kind] }).success);
  expect(known).toEqual(Command.def.options.flatMap((option) => option.def.shape.kind.def.values));
});
